using StalwartHardening.Generations;
using StalwartHardening.Migration;
using StalwartHardening.Plans;
using StalwartHardening.Server;

namespace StalwartHardening.Comparison;

/// <summary>
/// What differs between two configurations of a server, whatever each is written in. Two TOML files are compared setting by setting,
/// two plans by the server that each leaves behind; a TOML file is migrated before it is compared with a plan, and a plan is run on
/// the server that a snapshot describes, so that what it would change there is what differs.
/// </summary>
internal sealed class ConfigurationDifference
{
    private ConfigurationDifference(ServerConfiguration old, ServerConfiguration current, IReadOnlyList<SettingDifference> settings, ExposureDifference exposure, IReadOnlyList<RightsDifference> rights, IReadOnlyList<string> notes)
    {
        Old = old;
        Current = current;
        Settings = settings;
        Exposure = exposure;
        Rights = rights;
        Notes = notes;
    }

    /// <summary>The older one as it is compared: migrated where it is TOML and the other is a plan, run where the other is a snapshot.</summary>
    public ServerConfiguration Old { get; }

    /// <summary>The newer one as it is compared.</summary>
    public ServerConfiguration Current { get; }

    /// <summary>The settings that differ, by key; secrets are masked.</summary>
    public IReadOnlyList<SettingDifference> Settings { get; }

    /// <summary>What the newer one opens and closes.</summary>
    public ExposureDifference Exposure { get; }

    /// <summary>The accounts whose rights differ.</summary>
    public IReadOnlyList<RightsDifference> Rights { get; }

    /// <summary>What else to know of the comparison, in sentences.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>Whether nothing differs.</summary>
    public bool IsEmpty => Settings.Count == 0 && Exposure is { Opened.Count: 0, Closed.Count: 0 } && Rights.Count == 0;

    /// <summary>Whether somebody can reach, or may do, more than before.</summary>
    public bool OpensSomething => Exposure.Opened.Count > 0 || Rights.Any(static rights => rights.Gained.Count > 0);

    /// <summary>Compares two configurations.</summary>
    /// <param name="old">The one before.</param>
    /// <param name="current">The one after.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static ConfigurationDifference Between(ServerConfiguration old, ServerConfiguration current, CancellationToken cancellationToken = default)
    {
        var notes = new List<string>();
        if (old.IsPlan != current.IsPlan)
        {
            if (old.IsPlan)
                current = Migrate(current, "new", notes, cancellationToken);
            else
                old = Migrate(old, "old", notes, cancellationToken);
        }

        (old, current) = RunOnSnapshot(old, current, notes, cancellationToken);
        var settings = new List<SettingDifference>();
        var before = SettingsOf(old);
        var after = SettingsOf(current);
        AddDefaults(before, old, current);
        AddDefaults(after, current, old);
        var generation = Generation.For(current.Document.Version);
        foreach (var setting in before)
        {
            if (!after.TryGetValue(setting.Key, out var value))
                Add(settings, generation, setting.Key, setting.Value, null, IsSnapshot(current));
            else if (value != setting.Value)
                Add(settings, generation, setting.Key, setting.Value, value, isStripped: false);
        }

        foreach (var setting in after)
        {
            if (!before.ContainsKey(setting.Key))
                Add(settings, generation, setting.Key, null, setting.Value, IsSnapshot(old));
        }

        settings.Sort(static (left, right) => string.CompareOrdinal(left.Key, right.Key));
        var exposure = ExposureDifference.Between(ExposureMap.From(old, cancellationToken), ExposureMap.From(current, cancellationToken));
        return new ConfigurationDifference(old, current, settings, exposure, RightsDifference.Between(old, current), notes);
    }

    // What nobody knows cannot differ: snapshots hold no secrets.
    private static void Add(List<SettingDifference> settings, Generation generation, string key, string? before, string? after, bool isStripped)
    {
        if (IsUnknown(before) || IsUnknown(after) || (isStripped && generation.IsSecret(key)))
            return;
        settings.Add(new SettingDifference(
            SecretText.Mask(key),
            before is null ? null : generation.MaskSecret(key, before),
            after is null ? null : generation.MaskSecret(key, after)));
    }

    private static bool IsUnknown(string? text) => text is not null && (text.IndexOf(Setting.UnknownPart) >= 0 || text == "****");

    private static ServerConfiguration Migrate(ServerConfiguration server, string which, List<string> notes, CancellationToken cancellationToken)
    {
        var target = new ReadingTarget(PlanGeneration.Instance.Newest, ServerState.Fresh);
        var migration = ConfigurationMigration.Create(server, target, cancellationToken);
        var left = migration.Settings.Count(static setting => setting.Outcome is not (MigrationOutcome.Written or MigrationOutcome.Changed or MigrationOutcome.NotRead));
        notes.Add($"The {which} one is TOML: it is compared as the plan that 'migrate' makes of it" + (left > 0 ? $", which cannot express {left.ToString(System.Globalization.CultureInfo.InvariantCulture)} of its settings." : "."));
        if (server.FallbackAdministrator is not null || server.MasterUser is not null)
            notes.Add($"The {which} one has an administrator that exists only in the configuration; no plan has one, so this comparison cannot show it.");
        return ConfigurationReader.Read(migration.Plan, target, cancellationToken);
    }

    private static (ServerConfiguration Old, ServerConfiguration Current) RunOnSnapshot(ServerConfiguration old, ServerConfiguration current, List<string> notes, CancellationToken cancellationToken)
    {
        if (IsSnapshot(old) == IsSnapshot(current) || PlanOf(old) is not { } first || PlanOf(current) is not { } second)
            return (old, current);
        notes.Add("One is a snapshot: the other, a plan, is run on the server that it describes.");
        return IsSnapshot(old) ? (old, RunOn(first, second, cancellationToken)) : (RunOn(second, first, cancellationToken), current);
    }

    private static ServerConfiguration RunOn(PlanReading snapshot, PlanReading plan, CancellationToken cancellationToken)
    {
        var reading = PlanReading.ReadOn(snapshot.Run.State, plan.Texts, plan.Run.Options, cancellationToken);
        // What the snapshot does not tell is not known afterwards either.
        return PlanGeneration.Instance.Read(reading.Document with { IsComplete = reading.Document.IsComplete && snapshot.Document.IsComplete }, reading.Document.Version);
    }

    private static bool IsSnapshot(ServerConfiguration server) => PlanOf(server) is { Kind: PlanTextKind.Snapshot };

    private static PlanReading? PlanOf(ServerConfiguration server) => server.Document.Origin as PlanReading;

    // A singleton that only one of them stores has its defaults in the other.
    private static void AddDefaults(Dictionary<string, string> settings, ServerConfiguration server, ServerConfiguration other)
    {
        if (PlanOf(server) is not { } plan || PlanOf(other) is not { } stored)
            return;
        foreach (var type in stored.Run.State.Types)
        {
            if (type.Kind != PlanTypeKind.Singleton || plan.Run.State.Singleton(type.Name) is not null || plan.Run.State.MayHoldMore(type))
                continue;
            foreach (var (key, text) in PlanSettings.WriteDefaults(plan.Run, type))
                settings[key] = text;
        }
    }

    private static Dictionary<string, string> SettingsOf(ServerConfiguration server)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        if (PlanOf(server) is { } plan)
        {
            foreach (var (key, text, _) in PlanSettings.WriteAll(plan.Run))
                settings[key] = text;
            return settings;
        }

        var input = new MigrationInput(server.Document, server.Version, server.Features);
        foreach (var index in input.All)
        {
            var name = input.Name(index)!;
            var found = SettingNames.Known.Find(name);

            // The place of an entry in a list says nothing by itself.
            if (found.Name is { Shape: SettingShape.List } && found.Matched < name.Length)
                settings[name.Substring(0, found.Matched) + "[" + input[index].Value + "]"] = "";
            else if (found.Name is not { Shape: SettingShape.Mark })
                settings[name] = input[index].Value;
        }

        return settings;
    }
}

/// <summary>A setting that differs.</summary>
/// <param name="Key">Its key, in the names of the server that both are compared as.</param>
/// <param name="Before">What it was; null where it was not there. A secret is masked.</param>
/// <param name="After">What it is; null where it is not there. A secret is masked.</param>
internal sealed record SettingDifference(string Key, string? Before, string? After);
