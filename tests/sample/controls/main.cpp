#include "sample/controls/testcontrols.h"
#include "sample/server/program.h"

int main(int argc, char **argv)
{
    return Sample::runProgram(argc, argv, std::make_unique<Sample::TestControls>());
}
