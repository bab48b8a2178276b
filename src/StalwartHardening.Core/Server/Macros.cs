using StalwartHardening.Settings;

namespace StalwartHardening.Server;

/// <summary>
/// Macros in values (<c>%{env:PORT}%</c>) are filled in when the server starts, so what they stand for is unknown here.
/// </summary>
internal static class Macros
{
    private const string Open = "%{";
    private const string Close = "}%";

    /// <summary>
    /// <paramref name="value"/> with <see cref="Setting.UnknownPart"/> in place of each macro that the server replaces before it
    /// reads the setting; a macro it does not replace by then stays, because the server sees its text.
    /// </summary>
    /// <param name="value">The text of a setting.</param>
    /// <param name="features">What the server does.</param>
    /// <param name="stage">When the server reads the setting.</param>
    public static string MaskUnknown(string value, ServerFeatures features, MacroStage stage)
    {
        if (features.HasNoMacros)
            return value;
        var open = value.IndexOf(Open, StringComparison.Ordinal);
        if (open < 0)
        {
            // Until 0.6 a bare !NAME took its text from the environment (config/parser.rs, 0.6.0).
            return value.Length > 1 && value[0] == '!' && features.HasBareEnvironmentMacros ? Setting.UnknownPart.ToString() : value;
        }

        var result = new System.Text.StringBuilder(value.Length);
        var position = 0;
        while (open >= 0)
        {
            var close = value.IndexOf(Close, open + Open.Length, StringComparison.Ordinal);
            if (close < 0)
                break;
            result.Append(value, position, open - position);
            var end = close + Close.Length;
            if (IsReplaced(value.AsSpan(open + Open.Length, close - open - Open.Length), features, stage))
                result.Append(Setting.UnknownPart);
            else
                result.Append(value, open, end - open);
            position = end;
            open = value.IndexOf(Open, position, StringComparison.Ordinal);
        }

        return result.Append(value, position, value.Length - position).ToString();
    }

    /// <summary>Whether any part of a masked text is unknown.</summary>
    public static bool HasUnknownPart(string masked) => masked.IndexOf(Setting.UnknownPart) >= 0;

    // config/mod.rs, boot.rs: since 0.8.0 listeners are bound after "env" and before "file" and "cfg" are replaced.
    private static bool IsReplaced(ReadOnlySpan<char> macro, ServerFeatures features, MacroStage stage)
    {
        if (features.ReplacesAnyMacro)
            return true;
        if (macro.StartsWith("env:".AsSpan(), StringComparison.Ordinal))
            return true;
        if (stage == MacroStage.Listeners && features.BindsBeforeLateMacros)
            return false;
        return macro.StartsWith("file:".AsSpan(), StringComparison.Ordinal)
            || macro.StartsWith("cfg:".AsSpan(), StringComparison.Ordinal);
    }
}

/// <summary>When the server reads a setting; decides which macros it has replaced by then.</summary>
internal enum MacroStage
{
    /// <summary>While listeners are bound: only environment macros are replaced (since 0.8.0).</summary>
    Listeners,

    /// <summary>Later: all macros are replaced.</summary>
    Everything,
}
