using System.IO.Enumeration;
using StalwartHardening.Tool.Files;

namespace StalwartHardening.Tool.Input;

/// <summary>
/// The files below a directory that fit a pattern of <c>*</c>, <c>?</c> and <c>**</c>. Links to directories are followed, but no directory
/// is looked at twice in the same place of the pattern: links that lead in a circle, or to each other, come to an end.
/// </summary>
internal sealed class GlobSearch
{
    private readonly string[] _pattern;
    private readonly List<string> _found = [];
    private readonly HashSet<(string RealPath, int Position)> _seen = [];
    private readonly Queue<Place> _places = new();

    // Only when nothing else is left: a file is shown by its own name where it has one.
    private readonly Queue<Place> _linked = new();

    private GlobSearch(string pattern) => _pattern = pattern.Split('/', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The files below <paramref name="root"/> that fit <paramref name="pattern"/>, in no particular order.</summary>
    /// <exception cref="IOException">A directory cannot be listed.</exception>
    /// <exception cref="UnauthorizedAccessException">A directory may not be listed.</exception>
    public static IReadOnlyList<string> Find(string root, string pattern)
    {
        var search = new GlobSearch(pattern);
        search.Visit(new Place(root, RealPath.Of(root), 0));
        while (search._places.TryDequeue(out var place) || search._linked.TryDequeue(out place))
            search.Look(place);
        return search._found;
    }

    private void Visit(Place place)
    {
        // "**" also stands for no directory at all.
        while (_seen.Add((place.RealPath, place.Position)))
        {
            _places.Enqueue(place);
            if (place.Position >= _pattern.Length - 1 || _pattern[place.Position] != "**")
                return;
            place = place with { Position = place.Position + 1 };
        }
    }

    private void Look(Place place)
    {
        if (place.Position >= _pattern.Length)
            return;
        if (place.IsLink)
        {
            Visit(place with { RealPath = RealPath.Of(place.Path), IsLink = false });
            return;
        }

        var part = _pattern[place.Position];
        var isLast = place.Position == _pattern.Length - 1;
        if (part is "." or "..")
        {
            var path = Path.GetFullPath(Path.Combine(place.Path, part));
            Visit(new Place(path, RealPath.Of(path), place.Position + 1));
            return;
        }

        foreach (var entry in new DirectoryInfo(place.Path).EnumerateFileSystemInfos())
        {
            if (part != "**" && !FileSystemName.MatchesSimpleExpression(part, entry.Name, OperatingSystem.IsWindows()))
                continue;
            if (entry is not DirectoryInfo)
            {
                if (isLast)
                    _found.Add(entry.FullName);
                continue;
            }

            if (isLast && part != "**")
                continue;
            var next = part == "**" ? place.Position : place.Position + 1;
            if (entry.LinkTarget is null)
                Visit(new Place(entry.FullName, Path.Combine(place.RealPath, entry.Name), next));
            else
                _linked.Enqueue(new Place(entry.FullName, entry.FullName, next) { IsLink = true });
        }
    }

    private readonly record struct Place(string Path, string RealPath, int Position)
    {
        public bool IsLink { get; init; }
    }
}
