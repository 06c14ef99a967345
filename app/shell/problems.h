#pragma once

#include <QMap>
#include <QObject>
#include <QString>
#include <QStringList>

/// What is wrong with the program itself, or dangerous in how it was set up: the one list that window, terminal and
/// --status tell of. Each source has one text, empty where all is well with it.
class Problems : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Problems)

public:
    /// The most urgent first.
    enum class Source { Settings, Journal, Listening, AccessKey, Instance };

    using QObject::QObject;

    void set(Source source, const QString &text);
    QStringList texts() const { return m_texts.values(); }

Q_SIGNALS:
    void changed();

private:
    QMap<Source, QString> m_texts;
};
