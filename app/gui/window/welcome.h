#pragma once

#include <QWidget>

namespace Gui {

/// What a person sees before there is a workspace: what this is, what is needed, and where to get it.
class Welcome : public QWidget
{
    Q_OBJECT

public:
    explicit Welcome(QWidget *parent = nullptr);

Q_SIGNALS:
    void settingsWanted();
};

} // namespace Gui
