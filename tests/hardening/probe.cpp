#include <cstdio>
#include <cstring>
#include <vector>

namespace {

// A buffer to overflow, larger than a page, filled by a function that has a checked form.
[[gnu::noinline]] int copied(const char *text, std::size_t size)
{
    char buffer[20'000];
    std::memcpy(buffer, text, size);
    return buffer[size / 2];
}

} // namespace

int main(int count, char *arguments[])
{
    const std::vector<int> one(1, count);
    std::printf("%d\n", copied(arguments[0], std::strlen(arguments[0])));
    return one[std::size_t(count) - 1] == count ? 0 : 1;
}
