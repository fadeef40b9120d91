# Where the program goes, with the man page and the completions that it writes of itself; the folders
# are those in which man and the shells look. Included by src/cli, where the program is built.

include(GNUInstallDirs)

install(TARGETS wordkin RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})

# install_written(FOLDER NAME ARGUMENT...): FOLDER/NAME is what 'wordkin ARGUMENT...' writes.
function(install_written folder name)
  set(file ${PROJECT_BINARY_DIR}/share/${name})
  add_custom_command(OUTPUT ${file}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${PROJECT_BINARY_DIR}/share
    COMMAND wordkin ${ARGN} > ${file}
    DEPENDS wordkin
    COMMENT "Writing ${name}"
    VERBATIM)
  set_property(GLOBAL APPEND PROPERTY WORDKIN_WRITTEN_FILES ${file})
  install(FILES ${file} DESTINATION ${folder})
endfunction()

install_written(${CMAKE_INSTALL_MANDIR}/man1 wordkin.1 help --man)
install_written(${CMAKE_INSTALL_DATADIR}/bash-completion/completions wordkin completions bash)
install_written(${CMAKE_INSTALL_DATADIR}/zsh/site-functions _wordkin completions zsh)
install_written(${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d wordkin.fish completions fish)

get_property(written_files GLOBAL PROPERTY WORDKIN_WRITTEN_FILES)
add_custom_target(wordkin_written_files ALL DEPENDS ${written_files})
