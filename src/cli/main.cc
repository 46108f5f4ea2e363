#include <string>
#include <vector>

#include "cli/app.h"

int main(int argc, char** argv) { return jiceng::cli::Run(std::vector<std::string>(argv + 1, argv + argc)); }
