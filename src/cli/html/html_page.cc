#include "cli/html/html_page.h"

#include "cli/html/html_escape.h"

namespace wordkin::cli {
namespace {

// Nothing is fetched, whatever a text might smuggle in.
constexpr std::string_view kPolicy =
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:";

}  // namespace

std::string PageHead(std::string_view title, std::string_view style) {
  std::string head = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n";
  Append(head, "<meta http-equiv=\"Content-Security-Policy\" content=\"", kPolicy,
         "\">\n<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
         "<meta name=\"color-scheme\" content=\"light dark\">\n<title>",
         title, "</title>\n<style>", kBaseStyle, style, "</style>\n</head>\n");
  return head;
}

}  // namespace wordkin::cli
