using System.Globalization;
using StalwartHardening.Plans;

namespace StalwartHardening.Migration;

/// <summary>Puts a plan together from the settings of a file: what each becomes, says the table; this class only knows how objects are made of it.</summary>
internal sealed class MigrationDraft
{
    // What others refer to comes first; who listens comes last, so that a run that stops before has opened nothing.
    private static readonly string[] s_first =
    [
        "Domain", "Certificate", "AcmeProvider", "BlobStore", "InMemoryStore", "SearchStore", "Coordinator", "Directory", "Account", "DkimSignature", "SystemSettings", "MtaVirtualQueue",
    ];

    private static readonly string[] s_last = ["AllowedIp", "BlockedIp", "Http", "NetworkListener", "Action"];

    private readonly MigrationInput _input;
    private readonly MigrationTable _table = MigrationTable.Instance;
    private readonly PlanSchema _schema = PlanSchema.Instance;
    private readonly ValueTranslation _values;
    private readonly List<DraftOperation> _operations = [];
    private readonly HashSet<string> _clientIds = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Family, string Id), DraftBody> _objects = [];
    private readonly Dictionary<string, DraftBody> _domains = new(StringComparer.Ordinal);
    private readonly List<DraftValue> _whole = [];
    private readonly HashSet<int> _taken = [];

    private MigrationDraft(MigrationInput input)
    {
        _input = input;
        _values = new ValueTranslation(input);
    }

    /// <summary>The operations, in the order in which they run.</summary>
    public static List<DraftOperation> Of(MigrationInput input)
    {
        var draft = new MigrationDraft(input);
        draft.Build();
        return draft._operations;
    }

    private void Build()
    {
        foreach (var family in _table.Families)
        {
            if (family.How["verb"] == "account")
                new AccountMigration(_input, this).Build(_taken);
        }

        foreach (var family in _table.Families)
        {
            if (family.How["verb"] != "account")
                BuildFamily(family);
        }

        new StoreMigration(_input, this).Build(_taken);
        foreach (var group in Group(_input.All.Where(index => !_taken.Contains(index)), static name => name))
            BuildSetting(group);
        KeepOldDefaults();
        Finish();
    }

    // ---- objects

    private void BuildFamily(MigrationRow family)
    {
        var table = SettingPath.Parent(family.Pattern);
        var ids = IdsOf(family, table);
        var members = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        foreach (var index in _input.All)
        {
            if (_taken.Contains(index) || !SettingPath.IsBelow(_input.Name(index)!, table))
                continue;
            var name = _input.Name(index)!;
            var id = ids.FirstOrDefault(id => SettingPath.IsBelow(name, SettingPath.Join(table, id)));
            if (id is null)
            {
                // Something else of the same beginning, or an object that the server does not make.
                if (_table.Find(name, out _) is null && family.How["by"] is { Length: > 0 } by)
                {
                    _taken.Add(index);
                    _input.Decide(index, MigrationOutcome.NotRead, $"Without '{by}' the server makes nothing of it.");
                }

                continue;
            }

            _taken.Add(index);
            if (!members.TryGetValue(id, out var list))
                members.Add(id, list = []);
            list.Add(index);
        }

        foreach (var member in members)
            BuildObject(family, member.Key, SettingPath.Join(table, member.Key), member.Value);
    }

    // The longest first: a name may hold dots.
    private List<string> IdsOf(MigrationRow family, string table)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var index in _input.All)
        {
            var name = _input.Name(index)!;
            if (!SettingPath.IsBelow(name, table))
                continue;
            if (family.How["by"] is { Length: > 0 } by)
            {
                // A list counts, too.
                if (SettingPath.Parents(name).Prepend(name).Select(key => SettingPath.OwnerOf(key, by)).FirstOrDefault(own => own is not null && SettingPath.IsBelow(own, table)) is { } named)
                    ids.Add(SettingPath.Relative(named, table));
                continue;
            }

            var known = SettingPath.Parents(name).FirstOrDefault(own => SettingPath.IsBelow(own, table) && _table.Find(SettingPath.Moved(name, own, family.Pattern)!, out _) is not null);
            if (known is not null)
                ids.Add(SettingPath.Relative(known, table));
        }

        return [.. ids.OrderByDescending(static id => id.Length)];
    }

    private void BuildObject(MigrationRow family, string id, string own, List<int> indexes)
    {
        var type = _schema.FindObject(family.Target.AsSpan())!;
        var value = DraftValue.Object(type);
        var groups = Group(indexes, name => SettingPath.Moved(name, own, family.Pattern)!).ToList();
        if (!ChooseVariant(value, groups, out var because))
        {
            foreach (var index in indexes)
                _input.Decide(index, MigrationOutcome.NoCounterpart, because);
            return;
        }

        // The first of them has to exist before its fields refer to it.
        var body = new DraftBody(ClientId(type, id), value);
        if (family.How["label"] is { Length: > 0 } label && value.Effective?.FindField(label.AsSpan()) is not null)
        {
            var text = DraftValue.Text(id);
            value.Set(label, text);
        }

        foreach (var group in groups)
            BuildField(value, group, body);
        if (family.How["default"] is { } option)
            SetOldDefault(value, option);
        if (family.How["needs"] is { } needed && value.Find(needed) is null)
            SwitchOff(value);
        if (family.How.Has("whole"))
            _whole.Add(value);
        if (family.How["requires"] is { } required && value.Find(required) is null)
        {
            foreach (var source in indexes)
                _input.Decide(source, MigrationOutcome.NotRead, $"Without a '{required}' that it knows the server makes nothing of it.");
            return;
        }

        _objects[(family.Pattern, id)] = body;
        Add(family, type, body);
    }

    private static bool ChooseVariant(DraftValue value, List<SettingGroup> groups, out string because)
    {
        because = "";
        if (value.Type is not { HasVariants: true } union)
            return true;
        foreach (var group in groups)
        {
            if (group.Row is not { Kind: MigrationKind.Field, Target: "@type" } row)
                continue;
            var word = group.Values.Single?.Text ?? "";
            var variant = row.How.Word(word);
            if (row.How.Has("tracer") && variant is null && word.ToLowerInvariant() is "otel" or "open-telemetry")
                variant = groups.Any(static other => other.Row?.Pattern == "tracer.*.transport" && other.Values.Single?.Text == "http") ? "OtelHttp" : "OtelGrpc";
            if (variant is null || union.FindVariant(variant.AsSpan()) is not { } found)
            {
                because = (union.Name, word) switch
                {
                    ("Directory", "internal") => "The internal directory is always there from 0.16 on, and kept in the data store.",
                    ("Directory", "memory") => "From 0.16 on there are no directories in the configuration; the plan creates their accounts where they are the directory in use.",
                    _ => $"There is no {union.Name} '{Display.Text(word)}' from 0.16 on.",
                };
                return false;
            }

            value.Variant = found;
            value.Sources.Add(group.Values.All[0].Index);
            return true;
        }

        return true;
    }

    private void Add(MigrationRow family, PlanType type, DraftBody body)
    {
        var verb = family.How["verb"]!;
        var match = family.How["match"] is { } key ? [key] : type.Label.Length > 0 && verb is "upsert" or "reconcile" ? [type.Label] : Array.Empty<string>();
        if (verb == "replace")
        {
            if (!_operations.Exists(operation => operation.Verb == "destroy" && operation.Type == type))
                _operations.Add(new DraftOperation("destroy", type) { Filter = "{}" });
            verb = "create";
        }

        // Two bodies of one operation may not look the same to it.
        if (match.Length > 0 && Exists(type, match[0], body.Value.Find(match[0])?.Literal))
        {
            foreach (var source in body.Value.AllSources)
                _input.Refuse(source, $"Another {type.Name} has the same {match[0]}, by which a plan tells them apart.");
            return;
        }

        OperationFor(verb, type, match).Bodies.Add(body);
    }

    private bool Exists(PlanType type, string field, string? literal) =>
        _operations.Exists(operation => operation.Type == type && operation.Bodies.Exists(other => other.Value.Find(field)?.Literal == literal));

    // ---- settings of their own

    private void BuildSetting(SettingGroup group)
    {
        switch (group.Row?.Kind)
        {
            case MigrationKind.Field:
                BuildSingleton(group);
                break;
            case MigrationKind.Members:
                BuildMembers(group);
                break;
            case MigrationKind.Each:
                BuildEach(group);
                break;
            case MigrationKind.Levels:
                BuildLevels(group);
                break;
            default:
                Explain(group);
                break;
        }
    }

    private void BuildSingleton(SettingGroup group)
    {
        var slash = group.Row!.Target.IndexOf('/');
        var body = Singleton(group.Row.Target.Substring(0, slash));
        BuildField(body.Value, group, body);
    }

    /// <summary>The body of a singleton's update.</summary>
    public DraftBody Singleton(string name)
    {
        var type = _schema.FindObject(name.AsSpan())!;
        var operation = OperationFor("update", type, []);
        if (operation.Bodies.Count == 0)
            operation.Bodies.Add(new DraftBody("", DraftValue.Object(type)));
        return operation.Bodies[0];
    }

    private void BuildMembers(SettingGroup group)
    {
        var slash = group.Row!.Target.IndexOf('/');
        var type = _schema.FindObject(group.Row.Target.Substring(0, slash).AsSpan())!;
        var field = group.Row.Target.Substring(slash + 1);
        foreach (var value in group.Values.All)
        {
            // Members are in the key (blocked.rs); "[::1]" is written without brackets there.
            if (value.Tail.Length == 0 || value.Text.Length > 0)
            {
                _input.Decide(value.Index, MigrationOutcome.NotRead, "It is a set: its members are keys without values. The server read none here.");
                continue;
            }

            var body = new DraftBody(ClientId(type, value.Tail), DraftValue.Object(type));
            var member = DraftValue.Text(value.Tail);
            member.Sources.Add(value.Index);
            body.Value.Set(field, member);
            if (!Exists(type, field, member.Literal))
                OperationFor("upsert", type, [type.Label]).Bodies.Add(body);
            else
                _input.Decide(value.Index, MigrationOutcome.NotRead, "It appears twice.");
        }
    }

    // Listeners that had none of their own took the server's (listener.rs, 0.15.5).
    private void BuildEach(SettingGroup group)
    {
        var slash = group.Row!.Target.IndexOf('/');
        var name = group.Row.Target.Substring(slash + 1);
        var any = false;
        foreach (var (family, body) in _objects.Select(static entry => (entry.Key.Family, entry.Value)))
        {
            if (family != group.Row.Target.Substring(0, slash))
                continue;
            if (body.Value.Find(name) is not null || body.Value.Type!.FindField(name.AsSpan()) is not { } field)
                continue;
            any = true;
            if (_values.Translate(field, group.Row.How, group.Values, out var problem) is { } value)
                body.Value.Set(name, value);
            else
                Refuse(group, problem);
        }

        foreach (var value in group.Values.All)
            _input.Decide(value.Index, any ? MigrationOutcome.Changed : MigrationOutcome.NotRead, any ? group.Row.Note : "Every listener has one of its own.");
    }

    private void BuildLevels(SettingGroup group)
    {
        var type = _schema.FindObject("EventTracingLevel".AsSpan())!;
        foreach (var value in group.Values.All)
        {
            var @event = value.Tail;
            if (type.FindField("event".AsSpan())!.Enum!.IndexOf(@event.AsSpan()) < 0 || type.FindField("level".AsSpan())!.Enum!.IndexOf(value.Text.ToLowerInvariant().AsSpan()) < 0)
            {
                _input.Refuse(value.Index, "0.16 has no such event or level.");
                continue;
            }

            var body = new DraftBody(ClientId(type, @event), DraftValue.Object(type));
            body.Value.Set("event", DraftValue.Text(@event));
            var level = DraftValue.Text(value.Text.ToLowerInvariant());
            level.Sources.Add(value.Index);
            body.Value.Set("level", level);
            OperationFor("upsert", type, [type.Label]).Bodies.Add(body);
        }
    }

    private void Explain(SettingGroup group)
    {
        var (outcome, note) = group.Row switch
        {
            null => (MigrationOutcome.NoCounterpart, "This tool knows no replacement; look for one among the objects of 0.16."),
            { Kind: MigrationKind.Elsewhere } row => (MigrationOutcome.Elsewhere, row.Note),
            { Kind: MigrationKind.Database } row => (MigrationOutcome.Database, row.Note),
            { Kind: MigrationKind.Inert } row => (MigrationOutcome.NotRead, row.Note),
            { Kind: MigrationKind.None } row => (MigrationOutcome.NoCounterpart, row.Note),
            { } row => (MigrationOutcome.NotRead, row.Note.Length > 0 ? row.Note : "The server makes nothing of it on its own."),
        };
        foreach (var value in group.Values.All)
            _input.Decide(value.Index, outcome, note);
    }

    // ---- fields

    /// <summary>Writes a setting into an object, as its row says.</summary>
    public void BuildField(DraftValue target, SettingGroup group, DraftBody body)
    {
        if (group.Row is not { } row || row.Kind is not (MigrationKind.Field or MigrationKind.DefaultOf or MigrationKind.Store))
        {
            if (group.Row?.Kind == MigrationKind.Part)
                target.Sources.AddRange(group.Values.All.Select(static value => value.Index));
            else
                Explain(group);
            return;
        }

        if (row.Kind == MigrationKind.DefaultOf)
        {
            SetDefault(group, body);
            return;
        }

        if (row.Kind == MigrationKind.Store)
        {
            Refuse(group, "The directory's store is written with it where it is a database of its own; point Directory.store at it by hand.");
            return;
        }

        var path = row.Target.Split('/');
        var at = target;
        var first = path.Length > 1 && path[0] == target.Type?.Name ? 1 : 0;
        for (var i = first; i < path.Length - 1; i++)
        {
            if (Descend(at, path[i]) is not { } next)
            {
                NoField(group, at);
                return;
            }

            at = next;
        }

        var name = path[path.Length - 1];
        if (name == "@type")
        {
            SetVariant(at, group);
            return;
        }

        if (at.Type is { HasVariants: true } union && at.Variant is null)
            at.Variant = row.How["variant"] is { } variant ? union.FindVariant(variant.AsSpan()) : at == target ? null : union.Variants.FirstOrDefault(candidate => candidate.FindField(name.AsSpan()) is not null);
        if (FieldOf(at, row, ref name) is not { } field)
        {
            NoField(group, at);
            return;
        }

        var value = Reference(row, group, out var problem) ?? (problem.IsProblem ? null : _values.Translate(field, row.How, group.Values, out problem));
        if (value is null)
        {
            Refuse(group, problem);
            return;
        }

        // What is beside a single value is not read; of several values each has its own place.
        var used = new HashSet<int>(value.AllSources);
        foreach (var source in group.Values.All)
        {
            if (!used.Contains(source.Index))
                _input.Decide(source.Index, MigrationOutcome.NotRead, "Another value already sets it.");
            else if (row.Note.Length > 0)
                _input.Decide(source.Index, MigrationOutcome.Changed, row.Note);
        }

        at.Set(name, value);
        if (row.How["events"] is { } policy)
        {
            var policyName = row.How["policy"] ?? "eventsPolicy";
            if (at.Effective?.FindField(policyName.AsSpan()) is not null)
                at.Set(policyName, DraftValue.Text(policy));
        }
    }

    private static PlanField? FieldOf(DraftValue at, MigrationRow row, ref string name)
    {
        if (at.Effective?.FindField(name.AsSpan()) is { } field)
            return field;
        if (!row.How.Has("urls"))
            return null;
        name = "url";
        return at.Effective?.FindField(name.AsSpan());
    }

    private static DraftValue? Descend(DraftValue at, string name)
    {
        if (at.Find(name) is { } known)
            return known;
        // A map's values are under names of their own.
        if (at.Type is { } mapped && at.Literal is null && at.Variant is null && at.IsMap)
        {
            var element = DraftValue.Object(mapped);
            at.Set(name, element);
            return element;
        }

        if (at.Effective?.FindField(name.AsSpan()) is not { } field || field.ValueType is not { } type || field.Type.Shape is not (PlanShape.Object or PlanShape.Map))
            return null;
        var value = DraftValue.Object(type);
        value.IsMap = field.Type.Shape == PlanShape.Map;
        at.Set(name, value);
        return value;
    }

    private void SetVariant(DraftValue at, SettingGroup group)
    {
        if (at.Variant is not null && at.Sources.Contains(group.Values.All[0].Index))
            return;
        var word = group.Values.Single?.Text ?? "";
        var variant = group.Row!.How.Word(word) is { } name ? at.Type?.FindVariant(name.AsSpan()) : null;
        if (variant is null)
        {
            Refuse(group, $"There is no {at.Type?.Name} '{Display.Text(word)}' from 0.16 on.");
            return;
        }

        at.Variant = variant;
        at.Sources.AddRange(group.Values.All.Select(static value => value.Index));
    }

    private DraftValue? Reference(MigrationRow row, SettingGroup group, out TranslationProblem problem)
    {
        problem = TranslationProblem.None;
        if (row.How["ref"] is { } family)
        {
            var id = group.Values.Single?.Text ?? "";
            if (!_objects.TryGetValue((family, id), out var target))
            {
                problem = TranslationProblem.NotWritable($"The plan makes nothing called '{Display.Text(id)}'.");
                if (family == "directory.*")
                {
                    foreach (var value in group.Values.All)
                        _input.Decide(value.Index, MigrationOutcome.NoCounterpart, "Where the plan names no directory, the server uses its internal one.");
                }

                return null;
            }

            return RefersTo(target, group.Values.All);
        }

        if (!row.How.Has("domain") || group.Values.Single is not { Text.Length: > 0 } domain || ValueTranslation.HasMacro(domain.Text))
            return null;
        return RefersTo(Domain(domain.Text), group.Values.All);
    }

    /// <summary>A reference to an object of the plan.</summary>
    public static DraftValue RefersTo(DraftBody target, IEnumerable<SourceValue> sources)
    {
        var reference = DraftValue.Text("#" + target.ClientId);
        reference.Sources.AddRange(sources.Select(static source => source.Index));
        return reference;
    }

    /// <summary>The object of a domain, which others refer to.</summary>
    public DraftBody Domain(string name)
    {
        name = name.ToLowerInvariant();
        if (_domains.TryGetValue(name, out var known))
            return known;
        var type = _schema.FindObject("Domain".AsSpan())!;
        var body = new DraftBody(ClientId(type, name), DraftValue.Object(type));
        body.Value.Set("name", DraftValue.Text(name));
        _domains.Add(name, body);
        OperationFor("upsert", type, ["name"]).Bodies.Add(body);
        return body;
    }

    private void SetDefault(SettingGroup group, DraftBody body)
    {
        var slash = group.Row!.Target.IndexOf('/');
        if (group.Values.Single?.Text != "true")
        {
            foreach (var value in group.Values.All)
                _input.Decide(value.Index, MigrationOutcome.NotRead, "It is the default.");
            return;
        }

        Singleton(group.Row.Target.Substring(0, slash)).Value.Set(group.Row.Target.Substring(slash + 1), RefersTo(body, group.Values.All));
    }

    private void NoField(SettingGroup group, DraftValue at)
    {
        var name = at.Effective?.ToString() ?? at.Type?.Name;
        foreach (var value in group.Values.All)
            _input.Decide(value.Index, MigrationOutcome.NoCounterpart, $"{name} has nothing of the kind.");
    }

    private void Refuse(SettingGroup group, string reason) => Refuse(group, TranslationProblem.NotWritable(reason));

    private void Refuse(SettingGroup group, TranslationProblem problem)
    {
        foreach (var value in group.Values.All)
            _input.Decide(value.Index, problem.Outcome, problem.Message);
    }

    // ---- what held before

    private void KeepOldDefaults()
    {
        foreach (var row in _table.Rows)
        {
            if (row.Kind == MigrationKind.Field && row.How["old"] is { } old && row.Target.IndexOf('/') is > 0 and var slash)
                SetOldDefault(Singleton(row.Target.Substring(0, slash)).Value, row.Target.Substring(slash + 1) + ":" + old);
        }
    }

    private static void SetOldDefault(DraftValue value, string option)
    {
        var at = option.LastIndexOf('@');
        if (at > 0)
        {
            if (value.Variant?.Variant != option.Substring(at + 1))
                return;
            option = option.Substring(0, at);
        }

        var colon = option.IndexOf(':');
        var name = option.Substring(0, colon);
        if (value.Find(name) is not null)
            return;
        var old = DraftValue.Json(option.Substring(colon + 1));
        old.IsOldDefault = true;
        value.Set(name, old);
    }

    // It did nothing without these, and would do everything now (telemetry.rs, 0.15.5).
    private static void SwitchOff(DraftValue value)
    {
        var off = DraftValue.Json("false");
        off.IsOldDefault = true;
        off.Sources.AddRange(value.Find("enable")?.AllSources ?? []);
        value.Set("enable", off);
    }

    // An object of this name may be there, with values of its own that would stay.
    private static void WriteWhole(DraftValue value)
    {
        foreach (var field in value.Effective?.Fields ?? [])
        {
            if (value.Find(field.Name) is not null || field.IsServerSet || field.IsImmutable)
                continue;
            if (field.Type.Shape == PlanShape.Set)
                value.Set(field.Name, DraftValue.Collection());
            else if (field.Type.Shape == PlanShape.Scalar && (field.DefaultText.Length > 0 || field.IsNullable))
                value.Set(field.Name, DraftValue.Json(field.DefaultText.Length > 0 ? field.DefaultText : "null"));
        }
    }

    private void Finish()
    {
        foreach (var value in _whole)
            WriteWhole(value);
        _operations.RemoveAll(static operation => operation.Verb == "update" && operation.Bodies[0].Value is { Members.Count: 0, Variant: null });
        var action = _schema.FindObject("Action".AsSpan())!;
        var reload = new DraftBody("reload", DraftValue.Object(action));
        reload.Value.Variant = action.FindVariant("ReloadSettings".AsSpan());
        OperationFor("create", action, []).Bodies.Add(reload);
        var sorted = _operations.OrderBy(static operation => operation.Verb == "destroy" ? 0 : 1).ThenBy(Rank).ThenBy(static operation => operation.Type.Name, StringComparer.Ordinal).ToList();
        _operations.Clear();
        _operations.AddRange(sorted);
    }

    private static int Rank(DraftOperation operation) =>
        Array.IndexOf(s_first, operation.Type.Name) is >= 0 and var first ? first
        : Array.IndexOf(s_last, operation.Type.Name) is >= 0 and var last ? 1000 + last
        : operation.Type.Kind == PlanTypeKind.Object ? 100 : 200;

    // ---- helpers

    public DraftOperation OperationFor(string verb, PlanType type, IReadOnlyList<string> match)
    {
        var operation = _operations.Find(operation => operation.Verb == verb && operation.Type == type && operation.Filter is null);
        if (operation is null)
            _operations.Add(operation = new DraftOperation(verb, type, [.. match]));
        return operation;
    }

    /// <summary>An operation of its own: bodies of one operation cannot refer to each other.</summary>
    public DraftOperation Begin(string verb, PlanType type, params string[] match)
    {
        var operation = new DraftOperation(verb, type, match);
        _operations.Add(operation);
        return operation;
    }

    /// <summary>An id for an object that is told from all others of the plan.</summary>
    public string ClientId(PlanType type, string name)
    {
        var id = type.Name.ToLowerInvariant() + "-" + name;
        for (var number = 2; !_clientIds.Add(id); number++)
            id = type.Name.ToLowerInvariant() + "-" + name + "-" + number.ToString(CultureInfo.InvariantCulture);
        return id;
    }

    /// <summary>Settings that belong to one row each, in the order in which they are written.</summary>
    /// <param name="indexes">The settings.</param>
    /// <param name="pattern">A setting's name as the table has it.</param>
    public IEnumerable<SettingGroup> Group(IEnumerable<int> indexes, Func<string, string> pattern)
    {
        var groups = new List<(MigrationRow? Row, string Key, List<SourceValue> Values)>();
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var index in indexes)
        {
            var name = pattern(_input.Name(index)!);
            var row = _table.Find(name, out var length);
            var tail = row is null ? "" : name.Substring(Math.Min(name.Length, length + 1));
            var key = row is null ? name : name.Substring(0, length);
            if (!places.TryGetValue(key, out var place))
            {
                places.Add(key, place = groups.Count);
                var written = _input[index].Key;
                groups.Add((row, tail.Length == 0 ? written : written.Substring(0, written.Length - tail.Length - 1), []));
            }

            groups[place].Values.Add(new SourceValue(index, tail, _input.ValueAt(index)));
        }

        foreach (var (row, key, values) in groups)
        {
            values.Sort((left, right) => SettingPath.Compare(left.Tail.AsSpan(), right.Tail.AsSpan()));
            yield return new SettingGroup(row, new SourceValues(key, values));
        }
    }
}

/// <summary>The settings that one row of the table is about.</summary>
internal sealed record SettingGroup(MigrationRow? Row, SourceValues Values);
