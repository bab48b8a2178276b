using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Migration;

/// <summary>
/// What 0.5 and 0.6 filled in, in the words of later servers: <c>%{HOST}%</c> from the table <c>macros</c>, <c>!NAME</c> from the
/// environment, <c>file:///path</c> for what is in a file (<c>utils/config/mod.rs</c> and <c>parser.rs</c>, 0.6.0).
/// </summary>
internal static class OldMacros
{
    private const string Open = "%{";
    private const string Close = "}%";
    private const string FileUrl = "file://";

    /// <summary>A value as later servers write it; the value itself where there is nothing to rewrite.</summary>
    public static string Rewrite(string value, SettingsDocument document, ServerFeatures features)
    {
        if (features.HasBareEnvironmentMacros && value.Length > 1 && value[0] == '!' && IsVariable(value, 1))
            return "%{env:" + value.Substring(1) + Close;
        if (features.HasMacroTable)
            value = FillIn(value, document);
        return features.HasFileUrls && value.StartsWith(FileUrl, StringComparison.Ordinal) && value.Length > FileUrl.Length ? "%{file:" + value.Substring(FileUrl.Length) + Close : value;
    }

    // Once, from left to right: what a macro stands for is not looked at again.
    private static string FillIn(string value, SettingsDocument document)
    {
        for (var start = value.IndexOf(Open, StringComparison.Ordinal); start >= 0;)
        {
            var end = value.IndexOf(Close, start, StringComparison.Ordinal);
            if (end < 0)
                break;
            var name = value.Substring(start + Open.Length, end - start - Open.Length);
            var next = end + Close.Length;
            if (document.TryGet(SettingPath.Join("macros", name.ToLowerInvariant()), out var macro))
            {
                value = value.Substring(0, start) + macro.Value + value.Substring(next);
                next = start + macro.Value.Length;
            }

            start = next < value.Length ? value.IndexOf(Open, next, StringComparison.Ordinal) : -1;
        }

        return value;
    }

    private static bool IsVariable(string value, int start)
    {
        for (var i = start; i < value.Length; i++)
        {
            if (!char.IsLetterOrDigit(value[i]) && value[i] is not ('_' or '-'))
                return false;
        }

        return true;
    }
}
