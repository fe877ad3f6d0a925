# The Debian package, of the Debian on which it is built: `cpack -G DEB` in the build folder; scripts/package does it all.
if(NOT EXISTS /etc/debian_version OR NOT EXISTS ${CMAKE_SOURCE_DIR}/deploy/debian)
    return()
endif()
file(STRINGS /etc/os-release debian REGEX "^VERSION_ID=")
string(REGEX REPLACE "[^0-9.]" "" debian "${debian}")
set(MIM_DEBIAN_FILES ${CMAKE_SOURCE_DIR}/deploy/debian)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME mim)
set(CPACK_PACKAGE_VENDOR "MongoDB Index Manager")
set(MIM_PACKAGE_CONTACT "MongoDB Index Manager <maintainers@example.com>" CACHE STRING "Who answers for the package")
set(CPACK_PACKAGE_CONTACT ${MIM_PACKAGE_CONTACT})
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "keeps the indexes of many MongoDB databases as you want them")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
    "MongoDB Index Manager keeps the wanted indexes in a registry, compares them
with live databases, plans the difference and carries it out as a watched job.
.
It is one program with an embedded store and queue behind an HTTP API, and can
keep its data in MongoDB and its jobs in Redis instead.")
set(CPACK_STRIP_FILES ON)
set(CPACK_PACKAGE_DIRECTORY ${CMAKE_BINARY_DIR}/cpack)

set(CPACK_DEBIAN_PACKAGE_RELEASE "1~deb${debian}")
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION database)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# Whoever has neither gets adduser; systemd makes the user by itself.
set(CPACK_DEBIAN_PACKAGE_DEPENDS "ca-certificates, adduser | systemd | systemd-standalone-sysusers")
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA
    ${MIM_DEBIAN_FILES}/conffiles ${MIM_DEBIAN_FILES}/postinst ${MIM_DEBIAN_FILES}/prerm ${MIM_DEBIAN_FILES}/postrm)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)

# The changelog names the version whole, and belongs to the package alone.
set(MIM_DEBIAN_VERSION ${PROJECT_VERSION}-${CPACK_DEBIAN_PACKAGE_RELEASE})
configure_file(${MIM_DEBIAN_FILES}/changelog.in ${CMAKE_BINARY_DIR}/debian/changelog.Debian @ONLY)
configure_file(cmake/debian_files.cmake.in ${CMAKE_BINARY_DIR}/debian/debian_files.cmake @ONLY)
set(CPACK_PRE_BUILD_SCRIPTS ${CMAKE_BINARY_DIR}/debian/debian_files.cmake)
include(CPack)
