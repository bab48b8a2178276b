using StalwartHardening.Edits;

namespace StalwartHardening.Server;

/// <summary>What ends a mistake in a text that is no setting.</summary>
/// <param name="Title">What it does, for a menu, and in brackets what follows.</param>
/// <param name="Start">Offset of the first character that goes.</param>
/// <param name="Length">How many go.</param>
/// <param name="Text">What comes instead.</param>
internal sealed record TextRepair(string Title, int Start, int Length, string Text)
{
    /// <summary>The edit.</summary>
    public SettingEdit Edit => new SettingEdit.Replace(Start, Length, Text);
}
