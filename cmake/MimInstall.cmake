# What `cmake --install` puts where. Four components: `program`, `documents`, `service`, and `license`, which is only
# for those that carry no Debian copyright file.
include(GNUInstallDirs)
set(MIM_DOCUMENTS ${CMAKE_INSTALL_DATAROOTDIR}/doc/mim)

install(TARGETS mim RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT program)

install(FILES README.md CHANGELOG.md deploy/debian/copyright DESTINATION ${MIM_DOCUMENTS} COMPONENT documents)
install(DIRECTORY docs DESTINATION ${MIM_DOCUMENTS} COMPONENT documents FILES_MATCHING PATTERN "*.md")
install(FILES LICENSE DESTINATION . COMPONENT license EXCLUDE_FROM_ALL)

# The pages of the manual and the completions of shells, of those that there are.
file(GLOB MIM_MANUAL CONFIGURE_DEPENDS docs/man/*.[1-8])
foreach(page ${MIM_MANUAL})
    string(REGEX MATCH "[1-8]$" section ${page})
    install(FILES ${page} DESTINATION ${CMAKE_INSTALL_MANDIR}/man${section} COMPONENT documents)
endforeach()
foreach(shell bash zsh fish)
    set(folder_bash bash-completion/completions)
    set(folder_zsh zsh/vendor-completions)
    set(folder_fish fish/vendor_completions.d)
    file(GLOB files CONFIGURE_DEPENDS deploy/completions/${shell}/*)
    install(FILES ${files} DESTINATION ${CMAKE_INSTALL_DATAROOTDIR}/${folder_${shell}} COMPONENT documents)
endforeach()

# The units name the program by its whole path, which is known when it is installed (`cmake --install --prefix`).
install(CODE "set(MIM_UNITS \"${CMAKE_SOURCE_DIR}/deploy/systemd\")\nset(MIM_PROGRAM_FOLDER \"${CMAKE_INSTALL_BINDIR}\")"
        COMPONENT service)
install(SCRIPT cmake/install_service.cmake COMPONENT service)
