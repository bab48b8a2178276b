using StalwartHardening.Server;

namespace StalwartHardening.Generations;

/// <summary>Finds what is written and not read. What has one cause is said once.</summary>
internal sealed class IgnoredSettings
{
    // Looking for what was meant takes long; nobody reads more suggestions.
    private const int MaxSuggestions = 24;

    private readonly SettingsDocument _document;
    private readonly ServerVersion _version;
    private readonly Dictionary<string, Group> _groups = new(StringComparer.Ordinal);
    private readonly List<Group> _inTextOrder = [];

    // The last table, the beginning of a name, whose members may be shown.
    private string _openTable = "";
    private int _openLength;

    private IgnoredSettings(SettingsDocument document, ServerVersion version)
    {
        _document = document;
        _version = version;
    }

    /// <summary>What a server of <paramref name="version"/> ignores in <paramref name="document"/>, in text order.</summary>
    public static IReadOnlyList<IgnoredSetting> Find(SettingsDocument document, ServerVersion version)
    {
        var search = new IgnoredSettings(document, version);
        var names = SettingNames.Known.Walk();
        foreach (ref readonly var setting in document.InTextOrder)
        {
            var found = names.Find(setting.Key);
            if (found.Name is null ? found.IsUnknown : found.Name.Shape != SettingShape.Mark && !found.Name.IsReadBy(version))
                search.Add(setting, found);
        }

        return search._inTextOrder.Count == 0 ? [] : search.Explain();
    }

    private void Add(in Setting setting, SettingLookup found)
    {
        // What a program has not said cannot be wrong.
        if (setting.Key.IndexOf(Setting.UnknownPart) >= 0)
            return;
        var name = found.Name is { } known
            ? SettingPath.First(setting.Key, found.Matched)
            : SettingPath.SubjectOf(SettingPath.First(setting.Key, EndOfPart(setting.Key, found.Matched)));
        name = WithoutSecretsOnce(name);
        var cause = CauseOf(found.Name, name);
        if (!_groups.TryGetValue(cause, out var group))
        {
            group = new Group(name, found.Name);
            _groups.Add(cause, group);
            _inTextOrder.Add(group);
        }

        group.Settings.Add(setting);
        if (group.Names.Count == 0 || group.Names[group.Names.Count - 1] != name)
            group.Names.Add(name);
    }

    // What is dead for one reason is said once: the same note, or, where there is none, one table of the same age.
    private static string CauseOf(SettingName? dead, string name)
    {
        if (dead is null || dead.NewName is not null || dead.Predecessor is not null)
            return name;
        if (dead.Note.Length > 0)
            return dead.Note;
        return SettingPath.Parent(name) is not { Length: > 0 } table ? name : table + " " + dead.Since + " " + dead.Until;
    }

    private List<IgnoredSetting> Explain()
    {
        var ignored = new List<IgnoredSetting>(_inTextOrder.Count);
        var hasListeners = !_document.IsComplete || _document.Below(Listener.Family).Count > 0;
        var listeners = new List<Group>();
        var suggestions = 0;
        foreach (var group in _inTextOrder)
        {
            if (group.Known is { } known)
                ignored.Add(Dead(group, known));
            else if (!hasListeners && group.LooksLikeListeners)
                listeners.Add(group);
            else
                AddUnknown(ignored, Unknown(group, suggestions++ < MaxSuggestions));
        }

        if (listeners.Count > 0)
            ignored.Insert(0, NoListener(listeners));
        return ignored;
    }

    // [tracing.stdout] and [tracing.journal] are one slip: the table has another name. The server may know other members of it.
    private static void AddUnknown(List<IgnoredSetting> ignored, IgnoredSetting next)
    {
        if (next is { AliveIsWritten: false, Slip: { IsTable: true } slip })
        {
            var same = ignored.FindIndex(other => !other.AliveIsWritten && other.Slip == slip);
            if (same >= 0)
            {
                var first = ignored[same];
                ignored[same] = first with { Settings = [.. first.Settings, .. next.Settings], Others = [.. first.Others, next.Name] };
                return;
            }
        }

        ignored.Add(next);
    }

    private IgnoredSetting Dead(Group group, SettingName known)
    {
        var alive = known.NewName is { } next && _version >= known.Until ? next
            : _version < known.Since ? known.Predecessor?.Pattern
            : null;
        if (alive is not null)
            alive = Newest(alive);
        if (alive is not null && SettingPattern.Translate(group.Name, known.Pattern, alive) is { } name && !IsSame(known, alive))
        {
            return new IgnoredSetting(IgnoredReason.Renamed, group.Name, group.Settings)
            {
                Alive = name,
                ReadBy = ReaderOf(known),
                AliveIsWritten = _document.TryGet(name, out _) || _document.Below(name).Count > 0,
            };
        }

        var others = group.Names.Distinct(StringComparer.Ordinal).Skip(1).ToList();
        var history = known.Shape >= SettingShape.Dead ? ""
            : _version < known.Since ? $"It is read since {Shown(known.Since)}."
            : $"It was read until {Shown(known.Until!.Value)}.";
        return new IgnoredSetting(IgnoredReason.NotRead, group.Name, group.Settings)
        {
            Others = others,
            Note = known.NewName is not null ? history : string.Join(" ", new[] { history, known.Note }.Where(static part => part.Length > 0)),
        };
    }

    private string ReaderOf(SettingName known)
    {
        if (_version < known.Since)
            return known.Since.Patch == 0 ? $"0.{known.Since.Minor}" : Shown(known.Since);
        var until = known.Until!.Value;
        return until.Patch == 0 ? $"0.{until.Minor - 1}" : $"0.{until.Minor}.{until.Patch - 1}";
    }

    private static string Shown(ServerVersion version) => $"0.{version.Minor}.{version.Patch}";

    private static bool IsSame(SettingName known, string alive) => known.Pattern == alive;

    // A name that was changed twice leads to the last one this version reads.
    private string? Newest(string pattern)
    {
        for (var steps = 0; steps < 4; steps++)
        {
            if (SettingNames.Known.Find(pattern.Replace("*", "x")).Name is not { } name)
                return pattern;
            if (name.IsReadBy(_version))
                return pattern;
            if (name.NewName is { } next && _version >= name.Until)
                pattern = next;
            else if (_version < name.Since && name.Predecessor is { } earlier)
                pattern = earlier.Pattern;
            else
                return null;
        }

        return null;
    }

    private IgnoredSetting Unknown(Group group, bool maySuggest)
    {
        var key = SettingPath.SubjectOf(group.Settings[0].Key);

        // The name is right, and the server reads one value there.
        if (key == group.Name && key != group.Settings[0].Key && SettingNames.Known.Find(key).Name is { } single && single.IsReadBy(_version))
            return new IgnoredSetting(IgnoredReason.Unknown, group.Name, group.Settings) { Note = "Write one value without brackets." };
        var meant = maySuggest ? SettingNames.Known.Suggest(key, _version) : null;
        if (meant is not null && key.Length > group.Name.Length)
        {
            // What is below it is right, so that the name of the whole is wrong.
            meant = SettingPath.OwnerOf(meant, SettingPath.Relative(key, group.Name));
        }

        if (meant is not null && !IsRightFor(group, meant))
            meant = null;
        return new IgnoredSetting(IgnoredReason.Unknown, group.Name, group.Settings)
        {
            Alive = meant,
            AliveIsWritten = meant is not null && (_document.TryGet(meant, out _) || _document.Below(meant).Count > 0),
        };
    }

    // Whether the server reads everything that is written there, once it is called so.
    private bool IsRightFor(Group group, string name)
    {
        foreach (var setting in group.Settings)
        {
            if (SettingNames.Known.Find(SettingPath.Moved(setting.Key, group.Name, name)!).Name is not { } known || !known.IsReadBy(_version))
                return false;
        }

        return true;
    }

    private static IgnoredSetting NoListener(List<Group> groups)
    {
        var settings = new List<Setting>();
        foreach (var group in groups)
            settings.AddRange(group.Settings);
        settings.Sort(static (left, right) => left.KeySpan.Start.CompareTo(right.KeySpan.Start));
        return new IgnoredSetting(IgnoredReason.NoListener, groups[0].Name, settings)
        {
            Others = groups.Skip(1).Select(static group => group.Name).ToList(),
        };
    }

    // Names in one table are in one set, or in none.
    private string WithoutSecretsOnce(string name)
    {
        var length = SettingPath.StartOfLastPart(name);
        if (length > 0 && length == _openLength && name.AsSpan(0, length).SequenceEqual(_openTable.AsSpan(0, length)))
            return name;
        var shown = WithoutSecrets(name);
        if (ReferenceEquals(shown, name))
            (_openTable, _openLength) = (name, length);
        return shown;
    }

    // Members of a set are in the key, also where they are passwords.
    public static string WithoutSecrets(string name)
    {
        foreach (var parent in SettingPath.Parents(name))
        {
            if (SecretKeys.IsSecret(parent))
                return parent;
        }

        return name;
    }

    private static int EndOfPart(string key, int start) =>
        SettingPath.EndOfPart(key, start < key.Length && key[start] == SettingPath.Separator ? start + 1 : start);

    private sealed class Group(string name, SettingName? known)
    {
        public string Name { get; } = name;

        public SettingName? Known { get; } = known;

        public List<Setting> Settings { get; } = [];

        public List<string> Names { get; } = [];

        // An address or a port to listen on.
        public bool LooksLikeListeners
        {
            get
            {
                foreach (var setting in Settings)
                {
                    if (SettingPath.LastPart(SettingPath.SubjectOf(setting.Key)) is "bind" or "listen" or "port" or "tls-port" or "addr" or "protocol")
                        return true;
                }

                return false;
            }
        }
    }
}
