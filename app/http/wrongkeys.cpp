#include "http/wrongkeys.h"

using namespace Qt::StringLiterals;

namespace Http {

namespace {

constexpr qint64 Minute = 60'000;

} // namespace

std::optional<Refusal> WrongKeys::judge(const std::optional<Refusal> &refusal)
{
    if (!refusal || refusal->status != 401)
        return refusal;
    if (!m_minute.isValid() || m_minute.hasExpired(Minute)) {
        m_minute.start();
        m_count = 0;
    }
    if (++m_count <= MostInAMinute)
        return refusal;
    const qint64 left = (Minute - m_minute.elapsed() + 999) / 1000;
    return Refusal{.status = 429,
                   .reason = u"Too many requests came without the right access key. Wait %1 s."_s.arg(left),
                   .headers = {{"Retry-After", QByteArray::number(left)}}};
}

} // namespace Http
