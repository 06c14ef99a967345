#include "sample/server/program.h"

int main(int argc, char **argv)
{
    return Sample::runProgram(argc, argv);
}
