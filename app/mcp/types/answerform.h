#pragma once

#include "mcp/types/toolrequest.h"

#include <QString>

#include <optional>

namespace Mcp {

/// What of a tool's answer is sent. Clients differ in what they show a model, and whoever shows both pays twice: text,
/// structured content (with one line of text), or both.
enum class AnswerForm { Both, Text, Structured };

/// The form by its name in the address, /mcp?answers=text.
std::optional<AnswerForm> findAnswerForm(const QString &name);

/// The form that the client is known to show (each was watched with what its model was sent); both for one that is not
/// known.
AnswerForm shownForm(const Client &client);

} // namespace Mcp
