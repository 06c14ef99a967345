#pragma once

#include "calls/policy.h"

#include <QString>
#include <QStringList>
#include <QUrl>

/// What clients may do, in whichever workspace. A value, made in the window's thread.
struct Rules
{
    Calls::Policy policy;
    QStringList toolsets; ///< empty: the default ones
    QString exportFolder;
    QString sharedFolder; ///< empty: none
};

/// How to reach the workspace and what may be done there. A value, made in the window's thread.
struct SessionConfiguration
{
    int number = 0; ///< what is told of this session carries it
    QString profile;
    QUrl host; ///< as the token: of the sample it is found out
    QString token;
    QString missingToken; ///< why there is no token
    bool sample = false;
    QString defaultClusterId;
    QString defaultWarehouseId;
    Rules rules;

    /// Whether it is the same workspace, reached with the same identity.
    bool isSameIdentity(const SessionConfiguration &other) const
    {
        return profile == other.profile && host == other.host && token == other.token && sample == other.sample;
    }
};
