using StalwartHardening.Generations;
using StalwartHardening.Plans;
using StalwartHardening.Remedies;
using StalwartHardening.Server;

namespace StalwartHardening.Migration;

/// <summary>
/// Moves the configuration of a server up to 0.15 to one of 0.16: a plan that says what the file says, and for each of its
/// settings what became of it. The plan is run before it is handed out; what a server would refuse is taken out of it and said.
/// </summary>
internal sealed class ConfigurationMigration
{
    private ConfigurationMigration(string plan, IReadOnlyList<MigratedSetting> settings, IReadOnlyList<MigratedOperation> operations, IReadOnlyList<ChangedDefault> defaults, IReadOnlyList<string> notes)
    {
        Plan = plan;
        Settings = settings;
        Operations = operations;
        Defaults = defaults;
        Notes = notes;
    }

    /// <summary>The plan: one operation a line. It holds the secrets that the file holds.</summary>
    public string Plan { get; }

    /// <summary>What became of every setting of the file, in text order.</summary>
    public IReadOnlyList<MigratedSetting> Settings { get; }

    /// <summary>The lines of the plan, each with the settings it came from.</summary>
    public IReadOnlyList<MigratedOperation> Operations { get; }

    /// <summary>Defaults that changed for the worse, and that the plan keeps as they were.</summary>
    public IReadOnlyList<ChangedDefault> Defaults { get; }

    /// <summary>What else to know, in sentences.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>Why a configuration cannot be migrated; null where it can.</summary>
    public static string? FindObstacle(ServerConfiguration server) =>
        Generation.For(server.Document.Version).FindWhyNoConfiguration(server.Document) ?? (server.IsPlan ? "it is already a plan, as servers from 0.16 on expect" : null);

    /// <summary>Migrates a configuration.</summary>
    /// <param name="server">The server up to 0.15.</param>
    /// <param name="target">The server from 0.16 on that the plan is for.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static ConfigurationMigration Create(ServerConfiguration server, ReadingTarget target, CancellationToken cancellationToken = default)
    {
        var input = new MigrationInput(server.Document, server.Version, server.Features);
        var operations = MigrationDraft.Create(input);
        LeaveOutSkippedListeners(server, input, operations);
        KeepTlsAsItWas(server, operations);
        var notes = new List<string>();
        var text = new MigrationProof(input, PlanGeneration.OptionsFor(target)).Repair(operations, cancellationToken);
        if (KeepAccessClosed(server, operations, notes) | KeepListenersClosed(operations, notes))
            text = new MigrationProof(input, PlanGeneration.OptionsFor(target)).Repair(operations, cancellationToken);
        return new ConfigurationMigration(text, Outcomes(input, operations), Lines(input, operations), KeptDefaults(operations), notes);
    }

    // A protocol that came later: what was never open is not opened (listener.rs).
    private static void LeaveOutSkippedListeners(ServerConfiguration server, MigrationInput input, List<DraftOperation> operations)
    {
        foreach (var operation in operations.Where(static operation => operation.Type.Name == "NetworkListener"))
        {
            foreach (var body in operation.Bodies.Where(body => !server.Listeners.Any(listener => body.Value.Find("name")?.Content == listener.Id)).ToList())
            {
                operation.Bodies.Remove(body);
                foreach (var source in body.Value.AllSources)
                    input.Decide(source, MigrationOutcome.NotRead, $"Server {server.Version} knows no such protocol and makes nothing of the listener.");
            }
        }

        operations.RemoveAll(static operation => operation.Type.Name == "NetworkListener" && operation.Bodies.Count == 0);
    }

    // With TLS on, listeners of 0.5 and 0.6 began with it unless they or the server said otherwise (listener.rs). TLS that was off because
    // nobody switched it on stays on: clients that do not ask for it notice nothing.
    private static void KeepTlsAsItWas(ServerConfiguration server, List<DraftOperation> operations)
    {
        if (server.Features.OffersTlsByDefault)
            return;
        foreach (var body in operations.Where(static operation => operation.Type.Name == "NetworkListener").SelectMany(static operation => operation.Bodies))
        {
            if (server.Listeners.FirstOrDefault(listener => body.Value.Find("name")?.Content == listener.Id) is not { } listener)
                continue;
            if (listener is { TlsEnabled.Value: true, TlsImplicit: { Value: true, Setting: null } })
            {
                body.Value.Members.RemoveAll(static member => member.Key == "tlsImplicit");
                OldDefaults.Set(body.Value, "tlsImplicit:true");
            }
        }
    }

    // Access control that cannot be written would leave everything open; what mail clients need is less.
    private static bool KeepAccessClosed(ServerConfiguration server, List<DraftOperation> operations, List<string> notes)
    {
        if (server.HttpAccessControlKey is not { } key || !server.IsDeclared(key) || operations.Exists(static operation => operation.Type.Name == "Http" && operation.Bodies[0].Value.Find("allowedEndpoints") is not null))
            return false;
        var schema = PlanSchema.Instance;
        var http = schema.FindObject("Http".AsSpan())!;
        var operation = operations.Find(operation => operation.Type == http);
        if (operation is null)
        {
            operation = new DraftOperation("update", http);
            operation.Bodies.Add(new DraftBody("", DraftValue.Object(http)));
            operations.Insert(Math.Max(0, operations.FindIndex(static operation => operation.Type.Name is "NetworkListener" && operation.Verb != "destroy" || operation.Type.Name == "Action")), operation);
        }

        var expression = DraftValue.Object(schema.FindType("Expression")!);
        expression.Set("match", DraftValue.Collection());
        expression.Set("else", DraftValue.Text(HttpAllowList.Expression(PlanGeneration.Instance.Read(new SettingsDocument([], 0, PlanGeneration.Instance.Newest), PlanGeneration.Instance.Newest))));
        operation.Bodies[0].Value.Set("allowedEndpoints", expression);
        notes.Add($"The access control of the file ({key}) cannot be written as it is, and without one everything would be open: the plan admits what mail clients need and answers 404 to the rest. Rewrite Http.allowedEndpoints.");
        return true;
    }

    // A server from 0.16 on without listeners makes seven of its own (manager/defaults.rs), one of them in clear text.
    private static bool KeepListenersClosed(List<DraftOperation> operations, List<string> notes)
    {
        var type = PlanSchema.Instance.FindObject("NetworkListener".AsSpan())!;
        if (operations.Exists(operation => operation.Type == type))
            return false;
        var listener = DraftValue.Object(type);
        var addresses = DraftValue.Collection();
        addresses.Set("127.0.0.1:443", DraftValue.Json("true"));
        addresses.Set("[::1]:443", DraftValue.Json("true"));
        listener.Set("name", DraftValue.Text("https"));
        listener.Set("bind", addresses);
        listener.Set("protocol", DraftValue.Text("http"));
        listener.Set("useTls", DraftValue.Json("true"));
        listener.Set("tlsImplicit", DraftValue.Json("true"));
        var operation = new DraftOperation("reconcile", type, "name");
        operation.Bodies.Add(new DraftBody("networklistener-https", listener));
        operations.Insert(Math.Max(0, operations.FindIndex(static operation => operation.Type.Name == "Action")), operation);
        notes.Add("The file has no listener that can be written, and a server from 0.16 on always has some, one of them without TLS: the plan leaves one, HTTPS for the machine itself (127.0.0.1:443), so that nothing is open that was not. Add the listeners that are wanted before the plan is applied.");
        return true;
    }

    private static List<MigratedSetting> Outcomes(MigrationInput input, List<DraftOperation> operations)
    {
        var targets = new List<string>?[input.Count];
        foreach (var operation in operations)
        {
            foreach (var body in operation.Bodies)
            {
                var name = operation.Type.Name + (LabelOf(operation.Type, body) is { } label ? "/" + label : "");
                foreach (var source in body.Value.Sources)
                    Add(targets, source, name);
                foreach (var member in body.Value.Members)
                {
                    foreach (var source in member.Value.AllSources)
                        Add(targets, source, name + "/" + member.Key);
                }
            }
        }

        var settings = new List<MigratedSetting>(input.Count);
        for (var i = 0; i < input.Count; i++)
        {
            var outcome = input.Outcome(i);
            if (targets[i] is { } written)
                settings.Add(new MigratedSetting(input[i], outcome?.Outcome == MigrationOutcome.Changed ? MigrationOutcome.Changed : MigrationOutcome.Written, outcome?.Outcome is MigrationOutcome.Changed ? outcome.Value.Note : "", written));
            else
                settings.Add(new MigratedSetting(input[i], outcome?.Outcome is null or MigrationOutcome.Changed ? MigrationOutcome.NoCounterpart : outcome.Value.Outcome, outcome?.Note ?? "The plan makes nothing of it.", []));
        }

        return settings;
    }

    // How the settings of a plan call it.
    private static string? LabelOf(PlanType type, DraftBody body) =>
        type.Kind == PlanTypeKind.Singleton ? null : body.Value.Find(type.Label.Length > 0 ? type.Label : "name")?.Content ?? body.ClientId;

    private static void Add(List<string>?[] targets, int source, string target)
    {
        var list = targets[source] ??= [];
        if (!list.Contains(target))
            list.Add(target);
    }

    private static List<MigratedOperation> Lines(MigrationInput input, List<DraftOperation> operations)
    {
        var lines = new List<MigratedOperation>(operations.Count);
        foreach (var operation in operations)
        {
            var sources = operation.Bodies.SelectMany(static body => body.Value.AllSources).Distinct().OrderBy(static source => source);
            lines.Add(new MigratedOperation(lines.Count + 1, operation.Verb, operation.Type.Name, [.. sources.Select(source => input[source])]));
        }

        return lines;
    }

    private static List<ChangedDefault> KeptDefaults(List<DraftOperation> operations)
    {
        var kept = new List<ChangedDefault>();
        foreach (var operation in operations)
        {
            foreach (var body in operation.Bodies)
            {
                foreach (var member in body.Value.Members)
                {
                    if (!member.Value.IsOldDefault)
                        continue;
                    var name = operation.Type.Name + (LabelOf(operation.Type, body) is { } label ? "/" + label : "") + "/" + member.Key;
                    kept.Add(new ChangedDefault(name, member.Value.Literal!, NoteOf(operation.Type.Name, member.Key)));
                }
            }
        }

        return kept;
    }

    private static string NoteOf(string type, string field)
    {
        foreach (var row in MigrationTable.Instance.Rows)
        {
            if (row.Kind == MigrationKind.Field && row.Note.Length > 0 && (row.Target == type + "/" + field || (row.Target == field && FamilyTypeOf(row) == type)))
                return row.Note;
        }

        return "The new server has another default.";
    }

    private static string? FamilyTypeOf(MigrationRow row)
    {
        foreach (var family in MigrationTable.Instance.Families)
        {
            if (SettingPath.IsBelow(row.Pattern, family.Pattern))
                return family.Target;
        }

        return null;
    }
}
