using StalwartHardening.Generations;
using StalwartHardening.Rules;
using StalwartHardening.Server;
using StalwartHardening.Server.Access;
using StalwartHardening.Server.Exposure;
using StalwartHardening.Server.Listeners;
using StalwartHardening.Settings;
using StalwartHardening.Tool.Checking;
using StalwartHardening.Tool.Formatting;
using StalwartHardening.Tool.Input;
using StalwartHardening.Tool.Output;

namespace StalwartHardening.Tool.Exposure;

/// <summary>What a picture of a server shows, in words, whatever it is drawn with. Nothing in it is a secret.</summary>
internal sealed class ExposurePicture
{
    /// <summary>The server's name, or the file's.</summary>
    public required string Title { get; init; }

    /// <summary>The server version that reads the file.</summary>
    public required string Version { get; init; }

    /// <summary>The listeners, those whom most people reach first.</summary>
    public required IReadOnlyList<Door> Doors { get; init; }

    /// <summary>Those with every right.</summary>
    public required IReadOnlyList<Keyholder> Keyholders { get; init; }

    /// <summary>Findings about neither a listener nor an administrator.</summary>
    public required IReadOnlyList<Remark> Remarks { get; init; }

    /// <summary>The lines that findings point at, as they may be shown.</summary>
    public IReadOnlyDictionary<PictureLine, string> Lines { get; init; } = new Dictionary<PictureLine, string>();

    /// <summary>All findings, the most urgent first.</summary>
    public IEnumerable<Remark> ByUrgency =>
        Doors.SelectMany(static door => door.Remarks).Concat(Keyholders.SelectMany(static keyholder => keyholder.Remarks)).Concat(Remarks)
            .OrderBy(static remark => remark.Rank).ThenByDescending(static remark => remark.Severity).ThenBy(static remark => remark.Place);

    /// <summary>The three findings to begin with; one for each rule, none of them mere advice.</summary>
    public IReadOnlyList<Remark> Actions => [.. ByUrgency.Where(static remark => remark.Severity >= RuleSeverity.Warning).DistinctBy(static remark => remark.RuleId).Take(3)];

    /// <summary>What all of it comes to.</summary>
    public Tone Tone => ByUrgency.Any(static remark => remark.Severity >= RuleSeverity.Warning) ? Tone.NeedsWork
        : Doors.Any(static door => door.Tone == Tone.Unknown) ? Tone.Unknown
        : Tone.Fine;

    /// <summary>The same in a sentence.</summary>
    public string Verdict
    {
        get
        {
            var work = ByUrgency.Count(static remark => remark.Severity >= RuleSeverity.Warning);
            var doors = Doors.Count(static door => door is { IsForOthers: true, Tone: Tone.NeedsWork });
            return Tone switch
            {
                Tone.NeedsWork => $"{work} {(work == 1 ? "finding" : "findings")} to act on; {doors} of {DoorsToOthers} {(DoorsToOthers == 1 ? "listener" : "listeners")} that others reach {(doors == 1 ? "needs" : "need")} work.",
                Tone.Unknown => "Nothing found; some of it depends on what the file does not show.",
                _ => "Nothing to act on.",
            };
        }
    }

    /// <summary>What a change opens and closes; null where there is nothing to compare with.</summary>
    public ExposureDifference? Difference { get; init; }

    /// <summary>How many doors somebody elsewhere reaches.</summary>
    public int DoorsToOthers => Doors.Count(static door => door.IsForOthers);

    /// <summary>How many findings are shown.</summary>
    public int RemarkCount => Remarks.Count + Doors.Sum(static door => door.Remarks.Count) + Keyholders.Sum(static keyholder => keyholder.Remarks.Count);

    /// <summary>Puts a map and what the rules say of it into words.</summary>
    public static ExposurePicture Create(ExposureMap map, ServerConfiguration server, string text, InputFile file, IEnumerable<(Finding Finding, RuleSeverity Severity)> findings, ExposureDifference? difference)
    {
        var secrets = new SecretMask(server.Document, text);
        var places = new RunPlaces(file, text);
        var shown = new SortedDictionary<PictureLine, string>();
        var left = new List<(string Key, RuleCategory Category, Remark Remark)>();
        foreach (var (finding, severity) in findings)
        {
            var message = OptionAdvice.Say(secrets.InMessage(finding.Message, finding.Span), AdviceHost.Tool);
            var part = places.PartAt(finding.Span.Start);
            var line = new PictureLine(places.IsRun ? part.File.Path : "", part.Lines.At(finding.Span.Start).Line);
            shown[line] = SnippetLine.Create(text, part.Lines, finding.Span, secrets).Text;
            left.Add((finding.SettingKey, finding.Rule.Category, new Remark(finding.Rule.Id, severity, Printable.Text(message))
            {
                Title = finding.Rule.Title,
                Link = finding.Rule.HelpLink,
                Place = line,
                Rank = FindingGroups.Rank(finding),
            }));
        }

        var doors = new List<Door>(map.Listeners.Count);
        foreach (var listener in map.Listeners.OrderByDescending(static listener => listener.Reach))
            doors.Add(DoorOf(listener, server, Take(left, key => listener.Listener.Edits.Owns(listener.Listener, key))));
        return new ExposurePicture
        {
            Title = Printable.Text(map.Hostname.Length > 0 ? map.Hostname : Path.GetFileName(file.Path)),
            Version = server.Version.ToString(),
            Doors = doors,
            Keyholders = KeyholdersOf(map, left),
            Remarks = [.. left.Select(static entry => entry.Remark)],
            Difference = difference,
            Lines = shown,
        };
    }

    private static Door DoorOf(ExposedListener listener, ServerConfiguration server, List<Remark> remarks)
    {
        var services = new List<Service>(listener.Endpoints.Count);
        var isForOthers = listener.Reach > ExposureReach.Machine;
        foreach (var group in listener.Endpoints)
        {
            var isSensitive = false;
            foreach (var endpoint in server.Endpoints.All)
                isSensitive |= endpoint.Group == group.Group && server.Endpoints.IsSensitive(endpoint, server);
            var open = group.Paths.Where(static path => path.Value != EndpointAccess.Nobody).Select(static path => path.Key);
            services.Add(new Service(
                ExposureText.Of(group.Group),
                ExposureText.Of(group.Access),
                group.Access == EndpointAccess.Nobody ? "" : group.Most == group.Least ? ExposureText.Of(group.Most) : ExposureText.Of(group.Most) + "; some paths " + (group.Least == HttpEndpointNeed.Nothing ? "public" : "with " + ExposureText.Of(group.Least)),
                [.. group.Access is EndpointAccess.Everybody or EndpointAccess.Nobody ? [] : open],
                group.Access == EndpointAccess.Nobody ? Tone.Closed
                    : isSensitive && isForOthers && group.Access is (EndpointAccess.Everybody or EndpointAccess.Partly) ? Tone.NeedsWork
                    : isForOthers && listener.Passwords == PasswordTransport.ClearText && group.Most >= HttpEndpointNeed.Authentication ? Tone.NeedsWork
                    : group.Access == EndpointAccess.Unknown ? Tone.Unknown
                    : Tone.Fine));
        }

        var isUnknown = listener.Reach == ExposureReach.Unknown || listener.Encryption == ConnectionEncryption.Unknown || listener.Listener.Protocol == MailProtocol.Unknown;
        return new Door(
            Printable.Text(SecretText.Mask(listener.Listener.Id)),
            listener.Listener.Protocol == MailProtocol.Unknown ? "Protocol not known yet" : listener.Listener.Protocol.DisplayName(),
            [.. listener.Addresses.Select(static address => (Printable.Text(address.Text), ExposureText.Of(address.Reach)))],
            listener.Addresses.Count == 0 ? "nobody: no address" : ExposureText.Of(listener.Reach),
            ExposureText.Of(listener.Encryption),
            ExposureText.Of(listener.Passwords),
            services,
            remarks,
            isForOthers,
            remarks.Any(static remark => remark.Severity >= RuleSeverity.Warning) ? Tone.NeedsWork
                : listener.Reach == ExposureReach.Nobody ? Tone.Closed
                : isUnknown ? Tone.Unknown
                : remarks.Count > 0 ? Tone.Suggestion
                : Tone.Fine);
    }

    private static List<Keyholder> KeyholdersOf(ExposureMap map, List<(string Key, RuleCategory Category, Remark Remark)> left)
    {
        var keyholders = new List<Keyholder>(map.Administrators.Count);
        foreach (var administrator in map.Administrators)
        {
            IReadOnlyList<Remark> remarks = administrator.Kind switch
            {
                ExposedAdministratorKind.Fallback => Take(left, static key => SettingPath.IsBelow(key, "authentication.fallback-admin")),
                ExposedAdministratorKind.MasterUser => Take(left, static key => SettingPath.IsBelow(key, "authentication.master")),
                _ => TakeOne(left, administrator.Name),
            };
            keyholders.Add(new Keyholder(
                administrator.Name.Length == 0 ? "name not known yet" : Printable.Text(SecretText.Mask(administrator.Name)),
                ExposureText.Of(administrator.Kind),
                administrator.Kind switch
                {
                    ExposedAdministratorKind.Fallback => "every permission, on every protocol, with one password from the file",
                    ExposedAdministratorKind.MasterUser => "opens every account with one password from the file",
                    _ => "every permission, on every protocol its permissions leave it",
                },
                remarks));
        }

        return keyholders;
    }

    // What is said about an account of a directory names it.
    private static List<Remark> TakeOne(List<(string Key, RuleCategory Category, Remark Remark)> left, string name)
    {
        var quoted = "'" + Printable.Text(SecretText.Mask(name)) + "'";
        var taken = left.Where(entry => entry.Category == RuleCategory.Administrators && name.Length > 0 && entry.Remark.Message.Contains(quoted, StringComparison.Ordinal)).Select(static entry => entry.Remark).ToList();
        left.RemoveAll(entry => taken.Contains(entry.Remark));
        return taken;
    }

    private static List<Remark> Take(List<(string Key, RuleCategory Category, Remark Remark)> left, Func<string, bool> owns)
    {
        var taken = left.Where(entry => owns(entry.Key)).Select(static entry => entry.Remark).ToList();
        left.RemoveAll(entry => owns(entry.Key));
        return taken;
    }
}

/// <summary>A listener.</summary>
internal sealed record Door(
    string Name,
    string Protocol,
    IReadOnlyList<(string Address, string Reach)> Addresses,
    string Reach,
    string Encryption,
    string Passwords,
    IReadOnlyList<Service> Services,
    IReadOnlyList<Remark> Remarks,
    bool IsForOthers,
    Tone Tone);

/// <summary>What an HTTP listener serves for one purpose.</summary>
internal sealed record Service(string Name, string Access, string Need, IReadOnlyList<string> Paths, Tone Tone);

/// <summary>Somebody with every right.</summary>
internal sealed record Keyholder(string Name, string Kind, string Powers, IReadOnlyList<Remark> Remarks);

/// <summary>A finding.</summary>
internal sealed record Remark(string RuleId, RuleSeverity Severity, string Message)
{
    /// <summary>What to do, in a few words.</summary>
    public string Title { get; init; } = "";

    /// <summary>The address of the rule's page.</summary>
    public string Link { get; init; } = "";

    /// <summary>The line it is about.</summary>
    public PictureLine Place { get; init; } = new("", 1);

    /// <summary>How urgent it is; the lowest is the most urgent.</summary>
    public int Rank { get; init; } = int.MaxValue;
}

/// <summary>A line of a configuration.</summary>
/// <param name="File">The file; empty where there is only one.</param>
/// <param name="Number">The line in it, counted from 1.</param>
internal readonly record struct PictureLine(string File, int Number) : IComparable<PictureLine>
{
    /// <inheritdoc/>
    public int CompareTo(PictureLine other) => File == other.File ? Number.CompareTo(other.Number) : string.CompareOrdinal(File, other.File);

    /// <summary>The line in words: <c>line 3</c>, in a run <c>roles.ndjson, line 3</c>.</summary>
    public override string ToString() => File.Length == 0 ? FormattableString.Invariant($"line {Number}") : FormattableString.Invariant($"{Printable.Text(File)}, line {Number}");
}

/// <summary>What the eye is to be led to.</summary>
internal enum Tone
{
    /// <summary>Nothing to do.</summary>
    Fine,

    /// <summary>In order, and not needed everywhere.</summary>
    Suggestion,

    /// <summary>Nobody gets through.</summary>
    Closed,

    /// <summary>Not known before the server runs.</summary>
    Unknown,

    /// <summary>A rule has something to say.</summary>
    NeedsWork,
}

/// <summary>The words for <see cref="Tone"/>, so that no picture speaks in colours alone.</summary>
internal static class ToneText
{
    public static string Of(Tone tone) => tone switch
    {
        Tone.NeedsWork => "needs work",
        Tone.Unknown => "not known",
        Tone.Closed => "closed",
        Tone.Suggestion => "suggestion",
        _ => "in order",
    };

    public static string Name(Tone tone) => tone switch
    {
        Tone.NeedsWork => "work",
        Tone.Unknown => "unknown",
        Tone.Closed => "closed",
        Tone.Suggestion => "hint",
        _ => "fine",
    };
}
