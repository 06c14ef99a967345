#include "http/exchange.h"

namespace Http {

Exchange::~Exchange() = default;

} // namespace Http
