namespace StalwartHardening.Settings;

/// <summary>
/// One entry of the flat stream the server works on: a key, its text, and where both were written.
/// There are no types here; the server applies them later, per setting.
/// </summary>
/// <param name="Key">The full flat key, for example <c>server.listener.imap.bind.0000</c>.</param>
/// <param name="Value">
/// The text as the server stores it. <see cref="UnknownPart"/> stands for each part that is not known before the
/// program runs (an interpolation hole, a value from elsewhere); macros stay as they are written.
/// </param>
/// <param name="KeySpan">Where the last part of the key was written.</param>
/// <param name="ValueSpan">Where the value was written, quotes included; the key where there is no value (a set member).</param>
internal readonly record struct Setting(string Key, string Value, SourceSpan KeySpan, SourceSpan ValueSpan)
{
    /// <summary>Stands in <see cref="Value"/> (and in <see cref="Key"/>) for a part whose text nobody knows yet.</summary>
    public const char UnknownPart = '\uFFFC';
}
