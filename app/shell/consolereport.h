#pragma once

class Application;

/// Says on stdout, in one line, each time that the server is ready.
void reportReady(Application &application);

/// Says on stderr what is wrong with the program itself, each thing when it begins.
void reportOwnProblems(Application &application);

/// A headless run has nobody to look at a window: what goes wrong goes to stderr, and a server that can't start ends
/// it.
void reportProblems(Application &application);
