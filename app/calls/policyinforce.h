#pragma once

#include "calls/policy.h"

namespace Calls {

/// The policy of a workspace as it is at this moment. Every call there shares it, those under way too, so that what
/// the person takes back is taken back at once. Used in the server's thread only.
class PolicyInForce
{
    Q_DISABLE_COPY_MOVE(PolicyInForce)

public:
    explicit PolicyInForce(Policy policy = {})
        : m_policy(std::move(policy))
    {}

    const Policy &now() const { return m_policy; }
    void change(const Policy &policy) { m_policy = policy; }
    /// The workspace is left, or reached as somebody else: what has not been done yet is not done any more.
    void end() { m_isOver = true; }
    bool isOver() const { return m_isOver; }

private:
    Policy m_policy;
    bool m_isOver = false;
};

} // namespace Calls
