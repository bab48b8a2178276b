using Microsoft.CodeAnalysis.Text;

namespace StalwartHardening.Analyzers.Builders;

/// <summary>Whether a text holds one of some names, as a first and cheap look: names that begin alike are looked for once.</summary>
internal sealed class NameFinder
{
    private const int Shared = 4;

    private readonly List<KeyValuePair<string, List<string>>> _groups = [];

    public NameFinder(IEnumerable<string> names)
    {
        foreach (var group in names.Distinct(StringComparer.Ordinal).Where(static name => name.Length > 0).GroupBy(static name => name.Length > Shared ? name.Substring(0, Shared) : name, StringComparer.Ordinal))
        {
            List<string> own = [.. group];
            _groups.Add(new(Beginning(own), own));
        }
    }

    public bool IsIn(string text) => IsIn(text, new TextSpan(0, text.Length));

    public bool IsIn(string text, TextSpan span)
    {
        foreach (var group in _groups)
        {
            var end = Math.Min(span.End, text.Length);
            for (var at = span.Start; at < end && (at = text.IndexOf(group.Key, at, end - at, StringComparison.Ordinal)) >= 0; at++)
            {
                foreach (var name in group.Value)
                {
                    if (name.Length <= end - at && string.CompareOrdinal(text, at, name, 0, name.Length) == 0)
                        return true;
                }
            }
        }

        return false;
    }

    // As much as all of them begin with.
    private static string Beginning(List<string> names)
    {
        var beginning = names[0];
        foreach (var name in names)
        {
            var same = 0;
            while (same < beginning.Length && same < name.Length && beginning[same] == name[same])
                same++;
            beginning = beginning.Substring(0, same);
        }

        return beginning;
    }
}
