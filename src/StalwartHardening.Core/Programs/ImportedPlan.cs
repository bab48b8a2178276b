using System.Globalization;
using System.Text;
using StalwartHardening.Generations;
using StalwartHardening.Plans;
using StalwartHardening.Server;

namespace StalwartHardening.Programs;

/// <summary>A plan or a snapshot as a program of typed objects that writes an equal plan.</summary>
internal sealed class ImportedPlan
{
    // What is refused may make more of the rest useless.
    private const int MaxRounds = 8;

    private readonly PlanReading _reading;
    private readonly PlanText _source;
    private readonly Func<SourceSpan, bool>? _mayShow;
    private readonly Dictionary<(int Operation, int Node), string> _missing;
    private readonly PlanSecrets _secrets = new();
    private readonly PlanValueCode _values;
    private readonly StringBuilder _body = new();
    private readonly List<(SourceSpan Source, int Position)> _places = [];
    private readonly List<LeftOutSetting> _leftOut = [];
    private readonly List<int> _verbatim = [];
    private int _comment;

    public ImportedPlan(PlanReading reading, Func<SourceSpan, bool>? mayShow)
    {
        _reading = reading;
        _source = reading.Texts[0];
        _mayShow = mayShow;
        _missing = FindMissing(reading);
        _values = new PlanValueCode(_secrets);
    }

    public IReadOnlyList<ProgramVariable> Variables => _secrets.Variables;

    public IReadOnlyList<LeftOutSetting> LeftOut => _leftOut;

    public IReadOnlyList<int> Verbatim => _verbatim;

    public IReadOnlyList<(SourceSpan, int)> Places { get; private set; } = [];

    /// <summary>Why a plan does not become a program; null where it does.</summary>
    public static string? FindObstacle(PlanReading reading)
    {
        if (reading.Kind == PlanTextKind.DataStore)
            return "it sets where the data store is, which no plan does: it remains the server's config.json";
        if (reading.Texts.Count != 1 || reading.Kind == PlanTextKind.NotOurs || reading.Run.Operations.Count == 0)
            return "it holds no operation";
        var text = reading.Texts[0];
        if (text.IsTemplate)
            return "it is a template: fill it in first, and import the result";
        foreach (var problem in text.Problems)
        {
            // What is only the tool's way of reading lines a program gets right.
            if (!PlanText.IsLayout(text.Text, problem.Span))
                return FormattableString.Invariant($"line {problem.Line} is not an operation: {problem.Message}");
        }

        var missing = FindMissing(reading);
        return Refusal(reading, missing) is { } refusal ? FormattableString.Invariant($"every server refuses it (line {reading.Run.Operations[refusal.Operation].Line}: {refusal.Message}); run 'stalwart-harden check' first") : null;
    }

    public ProgramParts Write(string name)
    {
        var operations = _reading.Run.Operations;
        var draft = DraftReader.Read(operations, (operation, node) => _missing.ContainsKey((operation.Index, node)));
        NameObjects(draft);
        for (var i = 0; i < draft.Operations.Count; i++)
        {
            WriteComments(operations[i].Span.Start);
            WriteOperation(draft.Operations[i], operations[i]);
        }

        WriteComments(int.MaxValue);
        return Finish(name);
    }

    private void WriteOperation(DraftOperation draft, PlanOperation operation)
    {
        if (draft.Json is { } json)
        {
            _verbatim.Add(operation.Line);
            Place(operation.Span, _body.Length);
            _body.Append("plan.AddOperation(").Append(VerbatimSecrets.Literal(json, _secrets, out _)).Append(");\n");
            return;
        }

        var matchOn = MatchOn(draft);
        var items = new List<ProgramCode>();
        if (draft.Target is { } target)
            items.Add(new ProgramCode(_values.Reference(target, operation.Type!.Name)) { Origin = target.Origin as SourceSpan? });
        foreach (var written in InOrder(draft.Objects))
        {
            if (_values.Variables.TryGetValue(written, out var variable))
            {
                Create(written, operation, $"var {variable} = ").Write(_body, "", 1, Place);
                _body.Append(";\n");
            }
        }

        foreach (var written in draft.Objects)
            items.Add(_values.Variables.TryGetValue(written, out var variable) ? new ProgramCode(variable) : Create(written, operation, ""));
        var method = draft.Verb == PlanVerb.Destroy && items.Count == 0 ? "DestroyAll" : draft.Verb.ToString();
        var argument = items.Count == 0 || draft.Verb is PlanVerb.Create or PlanVerb.Upsert or PlanVerb.Reconcile && draft.Objects.Select(static written => written.Type).Distinct().Count() > 1 ? $"<{ObjectNames.Type(draft.Type.Name)}>" : "";
        var calls = new StringBuilder();
        if (matchOn is not null)
            calls.Append(".MatchOn(").Append(string.Join(", ", matchOn.Select(property => Property(draft.Type, property)))).Append(')');
        foreach (var written in draft.Objects)
        {
            foreach (var part in written.Fields.Where(static field => field.Field is null))
                calls.Append("\n    .Set(").Append(ProgramText.Literal(part.Name)).Append(", ").Append(_values.Part(part.Value, part.Name, PathOf(written, operation))).Append(')');
        }

        var start = _body.Length;
        new ProgramCode("plan." + method + argument) { Open = '(', Items = items, Origin = operation.Span }.Write(_body, "", calls.Length == 0 || calls[0] == '\n' ? 1 : calls.Length + 1, Place);
        if (draft.Scope is { } scope)
        {
            _body.Append("\n    .Within(");
            Create(scope, operation, "").Write(_body, "    ", 2, Place);
            _body.Append(')');
        }

        _body.Append(calls).Append(";\n");
        foreach (var part in draft.Objects.SelectMany(static written => written.Fields).Where(static field => field.Field is null))
            Place((SourceSpan)part.Origin!, start);
    }

    // A snapshot's objects are found again by what tells them apart: neither by everything they are nor by a name that two of them share.
    private IReadOnlyList<string>? MatchOn(DraftOperation draft)
    {
        if (_reading.Kind != PlanTextKind.Snapshot || draft.Verb != PlanVerb.Upsert)
            return draft.MatchOn;
        var properties = draft.MatchOn is null or ["*"] ? DraftMatching.Of(draft) : draft.MatchOn;
        if (properties is null || AreDistinct(draft.Objects, properties))
            return draft.MatchOn is ["*"] && properties is not null ? null : draft.MatchOn;
        IReadOnlyList<string> more = [.. properties, "domainId"];
        return draft.Objects.All(static written => written.Find("domainId") is not null) && AreDistinct(draft.Objects, more) ? more : ["*"];
    }

    private static bool AreDistinct(IReadOnlyList<DraftObject> objects, IReadOnlyList<string> properties)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        return objects.All(written => keys.Add(string.Join("\n", properties.Select(property => property == "@type" ? written.Type.Variant : written.Find(property) is { } value ? value.Object?.Name ?? value.Content : ""))));
    }

    private ProgramCode Create(DraftObject written, PlanOperation operation, string head)
    {
        var path = PathOf(written, operation);
        var remarks = new List<string>();
        foreach (var missing in _missing)
        {
            if (missing.Key.Operation != operation.Index || written.Origin is not SourceSpan span)
                continue;
            var field = operation.Json.MemberSpan(missing.Key.Node);
            if (field.Start < span.Start || field.End > span.End)
                continue;
            var name = operation.Json.Name(missing.Key.Node);
            _leftOut.Add(new LeftOutSetting(path + "/" + name, missing.Value) { Domain = DomainOf(written) });
            remarks.Add("Left out: " + ProgramText.OneLine(name + ": " + missing.Value));
        }

        return _values.Create(written, path, head, remarks);
    }

    // Keys and accounts of two domains may have one name.
    private static string? DomainOf(DraftObject written) =>
        written.Find("domainId") is { Kind: DraftValueKind.Reference, Object: { } domain } ? LabelOf(domain) : null;

    private static string PathOf(DraftObject written, PlanOperation operation) =>
        operation.Type!.Kind == PlanTypeKind.Object ? operation.Type.Name + "/" + LabelOf(written) : operation.Type.Name;

    // An address may be what tells objects apart, and its password is no part of a name.
    private static string LabelOf(DraftObject written) =>
        written.Find(written.Type.Label.Length > 0 ? written.Type.Label : "name")?.Content is { Length: > 0 } text ? SecretText.Mask(text) : written.Type.Variant ?? "";

    // Each after those that it refers to.
    private static List<DraftObject> InOrder(IReadOnlyList<DraftObject> objects)
    {
        var order = new List<DraftObject>(objects.Count);
        foreach (var written in objects)
            Visit(written);
        return order;

        void Visit(DraftObject written)
        {
            if (order.Contains(written))
                return;
            foreach (var needed in DraftOrder.Needed(written))
            {
                if (objects.Contains(needed))
                    Visit(needed);
            }

            order.Add(written);
        }
    }

    private static string Property(PlanType type, string name)
    {
        foreach (var known in (IEnumerable<PlanType>)(type.HasVariants ? type.Variants : [type]))
        {
            if (known.FindField(name.AsSpan()) is not { } field || !field.IsTyped(known))
                continue;
            var isCommon = type.Variants.All(variant => variant.FindField(name.AsSpan()) is not null);
            return $"nameof({(isCommon ? ObjectNames.Type(type.Name) : PlanValueCode.TypeName(known))}.{PlanValueCode.PropertyName(known, field)})";
        }

        return ProgramText.Literal(name);
    }

    // Objects that others refer to are kept in variables.
    private void NameObjects(DraftPlan draft)
    {
        var needed = new HashSet<DraftObject>();
        foreach (var operation in draft.Operations)
        {
            needed.UnionWith(operation.Objects.SelectMany(DraftOrder.Needed));
            if (operation.Target?.Object is { } target)
                needed.Add(target);
        }

        var names = new VariableNames();
        foreach (var written in draft.Operations.SelectMany(static operation => operation.Objects).Where(needed.Contains))
        {
            _values.Variables.Add(written, names.Take(_reading.Kind == PlanTextKind.Snapshot ? "" : written.Name, LabelOf(written) + "-" + ObjectNames.Type(written.Type.Name)));
        }
    }

    private void WriteComments(int end)
    {
        var text = _source.Text;
        foreach (var problem in _source.Problems.Skip(_comment))
        {
            if (problem.Span.Start >= end)
                return;
            _comment++;
            if (text[problem.Span.Start] != '#')
                continue;
            _body.Append("// ").Append(_mayShow?.Invoke(problem.Span) == false ? ProgramComments.Hidden : ProgramComments.Shown(text.Substring(problem.Span.Start + 1, problem.Span.Length - 1))).Append('\n');
        }
    }

    private void Place(SourceSpan source, int position) => _places.Add((source, position));

    private ProgramParts Finish(string name)
    {
        var head = new StringBuilder("// Imported from ").Append(ProgramText.OneLine(name)).Append('\n');
        // Otherwise everything that the program leaves alone is taken to be missing.
        if (_reading.Kind == PlanTextKind.Snapshot)
            head.Append("// The server exists: say so to the analyzers with 'stalwart_hardening.server_state = existing' in .globalconfig.\n");
        foreach (var isReadByProgram in (ReadOnlySpan<bool>)[false, true])
        {
            var variables = Variables.Where(variable => variable.IsReadByProgram == isReadByProgram).ToList();
            if (variables.Count > 0)
                head.Append(isReadByProgram ? "// This program takes these secrets from its environment and writes them into the plan:\n" : "// The server takes these secrets from its environment:\n");
            foreach (var variable in variables)
                head.Append("//   ").Append(variable.Name).Append("  ").Append(ProgramText.OneLine(variable.Key)).Append('\n');
        }

        var readsSecrets = Variables.Any(static variable => variable.IsReadByProgram);
        var usings = new List<string>();
        if (_values.UsesSystem || readsSecrets)
            usings.Add("System");
        if (_values.UsesCollections)
            usings.Add("System.Collections.Generic");
        usings.AddRange(["StalwartHardening.Configuration", "StalwartHardening.Configuration.Objects"]);
        var body = _body.ToString();
        var parts = new ProgramParts(head.ToString(), usings, "var plan = new StalwartPlan();\n" + body, "StalwartPlan", "plan", "plan.WritePlan(args.Length > 0 ? args[0] : \"plan.ndjson\");") { ReadsSecrets = readsSecrets };

        // After the first statement, which begins the plan.
        var line = parts.LinesBeforeBody + 2;
        var places = new List<(SourceSpan, int)>(_places.Count);
        var at = 0;
        foreach (var place in _places.OrderBy(static place => place.Position))
        {
            for (; at < place.Position; at++)
                line += body[at] == '\n' ? 1 : 0;
            places.Add((place.Source, line));
        }

        Places = places;
        return parts;
    }

    // A value that holds a secret, and the secret is not there.
    private static bool IsSecretMissing(JsonText json, int node, PlanField field) => field.ValueType is { } type && field.Type.Shape switch
    {
        PlanShape.Object => IsSecretMissing(json, node, type),
        PlanShape.List or PlanShape.Map => IsAnySecretMissing(json, node, type),
        _ => false,
    };

    private static bool IsAnySecretMissing(JsonText json, int node, PlanType type)
    {
        for (int member = JsonText.First(node), end = json.End(node); member < end; member = json.Next(member))
        {
            if (IsSecretMissing(json, member, type))
                return true;
        }

        return false;
    }

    private static bool IsSecretMissing(JsonText json, int node, PlanType type)
    {
        if (json.Kind(node) != JsonKind.Object)
            return false;
        var known = type.HasVariants ? json.Find(node, "@type") is >= 0 and var variant ? type.FindVariant(json.Value(variant).AsSpan()) : null : type;
        return known?.Fields.Any(field => json.Find(node, field.Name) is var member && (member < 0 ? field is { IsSecret: true, IsNullable: false, Name: "secret" } : IsSecretMissing(json, member, field))) == true;
    }

    private static IEnumerable<(PlanOperation Operation, int Field)> MissingSecrets(PlanReading reading)
    {
        foreach (var operation in reading.Run.Operations.Where(static operation => operation.Type is not null))
        {
            var json = operation.Json;
            foreach (var body in operation.Bodies.Length > 0 ? operation.Bodies.Select(static body => body.Node) : operation.ValueNode >= 0 ? [operation.ValueNode] : [])
            {
                for (int member = JsonText.First(body), end = json.End(body); member < end; member = json.Next(member))
                {
                    if (operation.Type!.FindFieldAnywhere(json.Name(member).AsSpan()) is { } field && IsSecretMissing(json, member, field))
                        yield return (operation, member);
                }
            }
        }
    }

    // A snapshot shows no secrets and what the server would not take back: those fields stay as the server has them.
    private static Dictionary<(int, int), string> FindMissing(PlanReading reading)
    {
        var missing = new Dictionary<(int, int), string>();
        if (reading.Kind != PlanTextKind.Snapshot)
            return missing;
        foreach (var (operation, field) in MissingSecrets(reading))
            missing.Add((operation.Index, field), "a snapshot shows no secrets; the server keeps what it has.");
        for (var round = 0; round < MaxRounds && Refusal(reading, missing) is { Field: >= 0 } refusal; round++)
        {
            foreach (var found in Refusals(reading, missing))
            {
                if (found.Field >= 0)
                    missing[(found.Operation, found.Field)] = "the snapshot does not hold all of it, and the server keeps what it has (" + found.Message.TrimEnd('.') + ").";
            }
        }

        return missing;
    }

    // The first that is left.
    private static (int Operation, int Field, string Message)? Refusal(PlanReading reading, Dictionary<(int, int), string> missing)
    {
        foreach (var refusal in Refusals(reading, missing))
            return refusal;
        return null;
    }

    // What every server refuses, whatever it has: the operations, one a line, run on a server of which nothing is known.
    private static IEnumerable<(int Operation, int Field, string Message)> Refusals(PlanReading reading, Dictionary<(int, int), string> missing)
    {
        var text = new StringBuilder();
        var map = new List<(int Start, int Operation, int Node)>();
        foreach (var operation in reading.Run.Operations)
        {
            VerbatimLine(text, operation.Json, operation.Node, operation.Index, missing, map);
            text.Append('\n');
        }

        var run = PlanRun.Create([PlanText.Read(text.ToString())], PlanGeneration.OptionsFor(new ReadingTarget(PlanGeneration.Instance.Newest, ServerState.Existing)));
        foreach (var problem in run.Problems)
        {
            // A snapshot's objects are told apart by what the program says.
            if (reading.Kind == PlanTextKind.Snapshot && problem.Kind == PlanProblemKind.DuplicateMatchKey)
                continue;
            var place = map.LastOrDefault(place => place.Start <= problem.Span.Start);
            var owner = reading.Run.Operations[Math.Max(problem.Operation, 0)];
            yield return (owner.Index, place.Operation == owner.Index ? FieldAround(owner, place.Node) : -1, problem.Message);
        }
    }

    // The field of a body, or of a singleton, that a value belongs to.
    private static int FieldAround(PlanOperation operation, int node)
    {
        var json = operation.Json;
        var bodies = operation.Bodies.Length > 0 ? operation.Bodies.Select(static body => body.Node) : operation.ValueNode >= 0 ? [operation.ValueNode] : [];
        foreach (var body in bodies)
        {
            if (node <= body || node >= json.End(body))
                continue;
            for (int member = JsonText.First(body), end = json.End(body); member < end; member = json.Next(member))
            {
                if (node >= member && node < json.End(member))
                    return member;
            }
        }

        return -1;
    }

    private static void VerbatimLine(StringBuilder text, JsonText json, int node, int operation, Dictionary<(int, int), string> missing, List<(int, int, int)> map)
    {
        var kind = json.Kind(node);
        if (kind is not (JsonKind.Object or JsonKind.Array))
        {
            map.Add((text.Length, operation, node));
            if (kind == JsonKind.Text)
                PlanJson.AppendText(text, json.Value(node));
            else
                text.Append(json.Value(node));
            return;
        }

        map.Add((text.Length, operation, node));
        text.Append(kind == JsonKind.Object ? '{' : '[');
        var isFirst = true;
        for (int member = JsonText.First(node), end = json.End(node); member < end; member = json.Next(member))
        {
            if (missing.ContainsKey((operation, member)))
                continue;
            if (!isFirst)
                text.Append(',');
            isFirst = false;
            if (kind == JsonKind.Object)
            {
                map.Add((text.Length, operation, member));
                PlanJson.AppendText(text, json.Name(member));
                text.Append(':');
            }

            VerbatimLine(text, json, member, operation, missing, map);
        }

        text.Append(kind == JsonKind.Object ? '}' : ']');
    }
}
