#pragma once

class QSettings;

namespace Settings {

/// Turns what earlier versions kept (Policy/Writes and Policy/Destroys) into rules about effects, as strict as it was
/// and nowhere laxer than the mode Ask. Returns whether there was any.
bool carryOldPolicy(QSettings &values);

/// The values of a file that could not be read whole: what is gone of it may have forbidden more. Every workspace is
/// read-only and nothing is allowed beyond that, until a person says otherwise.
void holdBack(QSettings &values);
/// Whether they are still held back, be it since an earlier start.
bool isHeldBack(const QSettings &values);
/// A person has said what clients may do.
void endHoldingBack(QSettings &values);

} // namespace Settings
