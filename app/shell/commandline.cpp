#include "commandline.h"

#include "common/secretvariable.h"
#include "tools/host/catalogue.h"

#include <QCommandLineParser>
#include <QFile>
#include <QStandardPaths>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

/// A key that clients send in a header: visible ASCII, no white space, long enough not to be guessed.
constexpr qsizetype ShortestKey = 16;
constexpr auto KeyVariable = "BRICKTRAY_ACCESS_KEY";

QString keyProblem(const QByteArray &key)
{
    const bool visible = std::all_of(key.begin(), key.end(), [](char c) { return c > 0x20 && c < 0x7f; });
    if (key.size() < ShortestKey || !visible)
        return u"An access key has at least %1 visible ASCII characters and no spaces."_s.arg(ShortestKey);
    return {};
}

/// Where the key comes from: the file that was named, else the environment.
void readAccessKey(const QCommandLineParser &parser, const QByteArray &fromEnvironment, CommandLine &line)
{
    const QString fileName = parser.value(u"access-key-file"_s);
    if (!fileName.isEmpty()) {
        QFile file(fileName);
        if (!file.open(QIODevice::ReadOnly)) {
            line.problem = u"The access key file %1 can't be read: %2"_s.arg(fileName, file.errorString());
            return;
        }
        line.accessKey = file.read(4096).trimmed();
    } else {
        line.accessKey = fromEnvironment.trimmed();
        if (line.accessKey.isEmpty())
            return;
    }
    line.problem = keyProblem(line.accessKey);
}

} // namespace

QString CommandLine::dataFolder() const
{
    if (!dataDir.isEmpty() || !sampleWorkspace)
        return dataDir;
    return QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + u"/sample-workspace"_s;
}

CommandLine parseCommandLine(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(u"Lets Cursor and other MCP clients work in your Databricks workspace."_s);
    const QCommandLineOption help = parser.addHelpOption();
    const QCommandLineOption version = parser.addVersionOption();
    parser.addOptions({
        {u"sample-workspace"_s, u"Use the built-in sample workspace: invented data, no account."_s},
        {u"headless"_s, u"Serve without a display or tray."_s},
        {u"port"_s, u"Port to listen on (8080)."_s, u"N"_s},
        {u"listen"_s, u"Address to listen on (loopback). Any other than loopback requires an access key."_s,
         u"ADDRESS"_s},
        {u"profile"_s, u"Workspace profile to use."_s, u"NAME"_s},
        {u"data-dir"_s, u"Keep settings and journal in this folder."_s, u"DIR"_s},
        {u"access-key-file"_s, u"Read the access key from this file (also BRICKTRAY_ACCESS_KEY)."_s, u"FILE"_s},
        {u"no-access-key"_s,
         u"Ask clients for no access key. Every program on this machine can then use the server."_s},
        {u"toolsets"_s, u"Toolsets that are on: names with commas, or all."_s, u"LIST"_s},
        {u"list-tools"_s, u"Print every tool as a Markdown table."_s},
        {u"read-only"_s, u"Offer nothing that changes anything."_s},
        {u"allow-writes"_s, u"Headless: let tools that change things run."_s},
        {u"allow-destructive"_s, u"Headless: let tools that destroy or interrupt things run, too."_s},
        {u"minimized"_s, u"Start in the tray."_s},
        {u"stdio"_s,
         u"Speak MCP on stdin and stdout, relaying to the running Bricktray (which is started if need be)."_s},
        {u"start"_s, u"Start the server of the running Bricktray."_s},
        {u"stop"_s, u"Stop the server of the running Bricktray."_s},
        {u"quit"_s, u"End the running Bricktray."_s},
        {u"status"_s, u"Say what the running Bricktray does."_s},
    });

    CommandLine line;
    if (!parser.parse(QStringList{u"bricktray"_s} + arguments)) {
        line.problem = parser.errorText();
        return line;
    }
    if (parser.isSet(help)) {
        // Qt knows the program's name only once there is an application.
        line.output = parser.helpText().replace(u"<executable_name>"_s, u"bricktray"_s);
        return line;
    }
    if (parser.isSet(version)) {
        line.output = u"Bricktray " BRICKTRAY_VERSION "\n"_s;
        return line;
    }
    if (!parser.positionalArguments().isEmpty()) {
        line.problem = u"Unexpected argument: %1"_s.arg(parser.positionalArguments().first());
        return line;
    }

    const std::pair<QString, bool *> flags[] = {
        {u"sample-workspace"_s, &line.sampleWorkspace},
        {u"headless"_s, &line.headless},
        {u"minimized"_s, &line.minimized},
        {u"list-tools"_s, &line.listTools},
        {u"no-access-key"_s, &line.noAccessKey},
        {u"read-only"_s, &line.readOnly},
        {u"allow-writes"_s, &line.allowWrites},
        {u"allow-destructive"_s, &line.allowDestructive},
        {u"stdio"_s, &line.stdio},
    };
    for (const auto &[name, flag] : flags)
        *flag = parser.isSet(name);
    for (const QString &request : {u"start"_s, u"stop"_s, u"quit"_s, u"status"_s}) {
        if (parser.isSet(request))
            line.request = request;
    }
    if (line.stdio && !line.request.isEmpty())
        line.problem = u"--stdio and --%1 do not go together."_s.arg(line.request);
    line.profile = parser.value(u"profile"_s);
    line.dataDir = parser.value(u"data-dir"_s);

    if (parser.isSet(u"port"_s)) {
        bool isNumber = false;
        line.port = parser.value(u"port"_s).toUShort(&isNumber);
        if (!isNumber || line.port == 0)
            line.problem = u"--port takes a number from 1 to 65535."_s;
    }
    if (parser.isSet(u"listen"_s) && !line.listenAddress.setAddress(parser.value(u"listen"_s)))
        line.problem = u"--listen takes an IP address."_s;
    if (parser.isSet(u"toolsets"_s)) {
        QStringList unknown;
        line.toolsets = Tools::resolveToolsets(parser.value(u"toolsets"_s).split(u',', Qt::SkipEmptyParts), &unknown);
        if (!unknown.isEmpty())
            line.problem = u"There is no toolset called %1."_s.arg(unknown.join(", "_L1));
    }
    // A relay hands it on to the application that it may start.
    const QByteArray fromEnvironment = line.stdio ? qgetenv(KeyVariable) : takeSecretVariable(KeyVariable);
    if (line.problem.isEmpty() && !line.noAccessKey)
        readAccessKey(parser, fromEnvironment, line);
    if (line.problem.isEmpty() && line.noAccessKey && !line.isLoopback())
        line.problem = u"--listen with an address that other machines can reach requires an access key."_s;
    return line;
}
