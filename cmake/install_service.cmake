# Run by `cmake --install`: puts the units, the system user's file and the settings where systemd and the units look for them.
set(program "${CMAKE_INSTALL_PREFIX}/${MIM_PROGRAM_FOLDER}/mim")
set(systemd "$ENV{DESTDIR}${CMAKE_INSTALL_PREFIX}/lib")

foreach(unit mim.service mim-worker@.service)
    file(READ "${MIM_UNITS}/${unit}" text)
    string(REPLACE "=/usr/bin/mim " "=${program} " text "${text}")
    message(STATUS "Installing: ${systemd}/systemd/system/${unit}")
    file(WRITE "${systemd}/systemd/system/${unit}" "${text}")
    file(CHMOD "${systemd}/systemd/system/${unit}" PERMISSIONS OWNER_READ OWNER_WRITE GROUP_READ WORLD_READ)
endforeach()
file(INSTALL "${MIM_UNITS}/mim.sysusers" DESTINATION "${CMAKE_INSTALL_PREFIX}/lib/sysusers.d" RENAME mim.conf)

# Whoever has settings keeps them.
if(NOT EXISTS "$ENV{DESTDIR}/etc/mim/mim.conf")
    file(INSTALL "${MIM_UNITS}/mim.conf" DESTINATION "/etc/mim")
endif()
