#pragma once

#include <QJsonObject>
#include <QString>

namespace Tools {

/// What a language model or an agent said, whichever of the forms its endpoint answers in.
class ModelReply
{
public:
    QString text;         ///< empty where the answer is none of a language model
    QString finishReason; ///< "stop", "length", …; empty where it is not told
    QString note;         ///< what the end means, where it is not the model's own; the tools it wants called
};

/// Chat and text completions (choices), agents' responses (output) and messages. Forms:
/// https://docs.databricks.com/aws/en/machine-learning/foundation-model-apis/api-reference and
/// https://mlflow.org/docs/latest/genai/serving/responses-agent.
ModelReply modelReply(const QJsonObject &answer);

} // namespace Tools
