#include "shell/sessionlock.h"

SessionLock::SessionLock(QObject *parent)
    : QObject(parent)
{}

SessionLock::~SessionLock() = default;

void SessionLock::onSwitched(bool)
{}
