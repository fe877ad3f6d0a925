# cmake -DINPUT=openapi.json -DOUTPUT=openapi_source.cpp -P embed.cmake: the file as a string in the binary.
file(READ ${INPUT} TEXT)
file(WRITE ${OUTPUT} "// Made from openapi.json by embed.cmake.
#pragma GCC diagnostic ignored \"-Woverlength-strings\" // every compiler in use takes texts of this length
#include \"http/openapi/documents.hpp\"

namespace mim::http {

std::string_view openapi_source() {
    return R\"openapi(${TEXT})openapi\";
}

}  // namespace mim::http
")
