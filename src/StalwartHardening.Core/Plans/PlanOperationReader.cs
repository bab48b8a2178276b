namespace StalwartHardening.Plans;

/// <summary>
/// Reads operations and refuses what <c>stalwart-cli apply</c> refuses before its first request: the line's JSON, the
/// operation's own properties, the object's name, keys, scopes and references in keys.
/// </summary>
internal sealed class PlanOperationReader
{
    private static readonly string[] s_verbs = ["create", "update", "upsert", "reconcile", "destroy"];

    private readonly PlanRun _run;
    private readonly PlanRunOptions _options;
    private readonly HashSet<string> _declared = new(StringComparer.Ordinal);

    public PlanOperationReader(PlanRun run, PlanRunOptions options)
    {
        _run = run;
        _options = options;
    }

    /// <summary>Reads the properties of an operation; the first thing wrong is what the tool reports.</summary>
    public void ReadProperties(PlanOperation operation)
    {
        var json = operation.Json;
        if (json.Kind(operation.Node) != JsonKind.Object)
        {
            if (json.Kind(operation.Node) == JsonKind.Placeholder)
                operation.IsSound = false;
            else
                Refuse(operation, PlanProblemKind.NotAnOperation, PlanProblemCause.Syntax, operation.Span, "An operation is an object with '@type', 'object' and 'value'.");
            return;
        }

        var end = json.End(operation.Node);
        for (var member = JsonText.First(operation.Node); member < end; member = json.Next(member))
        {
            if (json.NameIs(member, "@type"))
                operation.VerbNode = operation.VerbNode < 0 ? member : operation.VerbNode;
        }

        if (operation.VerbNode < 0 || json.Kind(operation.VerbNode) != JsonKind.Text || VerbOf(json, operation.VerbNode) is PlanVerb.None)
        {
            if (operation.VerbNode >= 0 && json.IsUnknown(operation.VerbNode))
            {
                operation.IsSound = false;
                return;
            }

            var wrong = operation.VerbNode >= 0 ? json.Value(operation.VerbNode) : "";
            Refuse(operation, PlanProblemKind.UnknownOperation, operation.VerbNode < 0 ? PlanProblemCause.Other : PlanProblemCause.UnknownName, operation.VerbSpan, operation.VerbNode < 0
                ? "'@type' must say what the operation does: upsert, reconcile, update, create or destroy."
                : $"'{Display.Text(wrong)}' is not an operation; expected upsert, reconcile, update, create or destroy.", NameSuggestion.For(wrong, s_verbs));
            return;
        }

        operation.Verb = VerbOf(json, operation.VerbNode);
        if (operation.Verb == PlanVerb.Upsert && _options.ToolPatch < 9)
            Refuse(operation, PlanProblemKind.UnknownOperation, PlanProblemCause.Version, operation.VerbSpan, "The tool knows upsert since 1.0.9.");
        else if (operation.Verb == PlanVerb.Reconcile && _options.ToolPatch < 11)
            Refuse(operation, PlanProblemKind.UnknownOperation, PlanProblemCause.Version, operation.VerbSpan, "The tool knows reconcile since 1.0.11.");

        for (var member = JsonText.First(operation.Node); member < end; member = json.Next(member))
            ReadProperty(operation, json, member);
        if (operation.ObjectNode < 0)
            Refuse(operation, PlanProblemKind.InvalidField, PlanProblemCause.Other, operation.VerbSpan, "'object' must say which objects the operation is about.");
    }

    private void ReadProperty(PlanOperation operation, JsonText json, int member)
    {
        var kind = json.Kind(member);
        var takesBodies = operation.Verb is PlanVerb.Create or PlanVerb.Upsert or PlanVerb.Reconcile;
        if (json.NameIs(member, "@type"))
        {
            if (member != operation.VerbNode)
                Twice(operation, member);
        }
        else if (json.NameIs(member, "object"))
        {
            if (operation.ObjectNode >= 0)
                Twice(operation, member);
            else if (kind is not (JsonKind.Text or JsonKind.Placeholder))
                Refuse(operation, PlanProblemKind.InvalidField, PlanProblemCause.WrongType, json.Span(member), "'object' must be the name of a type.");
            operation.ObjectNode = member;
        }
        else if (json.NameIs(member, "value"))
        {
            if (operation.ValueNode >= 0)
                Twice(operation, member);
            else if (takesBodies && kind is not (JsonKind.Object or JsonKind.Placeholder))
                Refuse(operation, PlanProblemKind.InvalidField, PlanProblemCause.WrongType, json.Span(member), "'value' must be an object of bodies, each under an id of its own.");
            operation.ValueNode = member;
        }
        else if (json.NameIs(member, "id") && operation.Verb == PlanVerb.Update)
        {
            if (operation.IdNode >= 0)
                Twice(operation, member);
            else if (kind is not (JsonKind.Text or JsonKind.Null or JsonKind.Placeholder))
                Refuse(operation, PlanProblemKind.InvalidField, PlanProblemCause.WrongType, json.Span(member), "'id' must be a text.");
            operation.IdNode = member;
        }
        else if (json.NameIs(member, "matchOn") && operation.Verb is PlanVerb.Upsert or PlanVerb.Reconcile)
        {
            if (operation.MatchOnNode >= 0)
                Twice(operation, member);
            operation.MatchOnNode = member;
        }
        else if (json.NameIs(member, "scope") && _options.ToolPatch >= 12)
        {
            if (operation.ScopeNode >= 0)
                Twice(operation, member);
            if (kind != JsonKind.Null)
                operation.ScopeNode = member;
        }
        else if (_options.ToolPatch >= 12 && !json.IsNameUnknown(member))
        {
            var name = json.Name(member);
            Refuse(operation, PlanProblemKind.UnknownField, PlanProblemCause.UnknownName, json.NameSpan(member), $"{Article(operation.Verb)} has no property '{Display.Text(name)}'.",
                NameSuggestion.For(name, ["object", "value", "id", "matchOn", "scope"]));
        }
    }

    /// <summary>What the tool checks once every line is read.</summary>
    public void Resolve(PlanOperation operation)
    {
        var json = operation.Json;
        if (operation.Verb == PlanVerb.None || operation.ObjectNode < 0)
            return;
        if (json.IsUnknown(operation.ObjectNode) || json.Kind(operation.ObjectNode) != JsonKind.Text)
        {
            operation.IsSound = false;
            return;
        }

        operation.Type = json.TryGetRawValue(operation.ObjectNode, out var raw) ? PlanSchema.Instance.FindObject(raw) : PlanSchema.Instance.FindObject(json.Value(operation.ObjectNode).AsSpan());
        if (operation.Type is not { } type)
        {
            var wrong = json.Value(operation.ObjectNode);
            var schema = PlanSchema.Instance;
            var slash = wrong.IndexOf('/');
            var view = slash > 0 ? schema.FindObject(wrong.AsSpan(0, slash)) : null;
            Refuse(operation, PlanProblemKind.UnknownObject, PlanProblemCause.UnknownName, operation.ObjectSpan, view is null
                ? $"There is no object '{Display.Text(wrong)}'."
                : $"'{Display.Text(wrong)}' is a view: an operation names the object, and '@type' in its bodies says which {view.Name} they are.",
                view?.Name ?? NameSuggestion.For(wrong.Replace("x:", ""), schema.TypeNames.Where(name => schema.FindObject(name.AsSpan()) is not null)));
            return;
        }

        var isSingleton = type.Kind == PlanTypeKind.Singleton;
        if (operation.ScopeNode >= 0 && operation.Verb is not (PlanVerb.Upsert or PlanVerb.Reconcile))
            Refuse(operation, PlanProblemKind.ScopeNotAllowed, PlanProblemCause.Other, json.NameSpan(operation.ScopeNode), $"Only upsert and reconcile have a scope, {VerbName(operation.Verb)} has none.");
        switch (operation.Verb)
        {
            case PlanVerb.Update:
                ResolveUpdate(operation, isSingleton);
                break;
            case PlanVerb.Destroy when isSingleton:
                Refuse(operation, PlanProblemKind.CannotDestroySingleton, PlanProblemCause.Singleton, operation.VerbSpan, $"There is always one {type.Name}: it cannot be destroyed.");
                break;
            case PlanVerb.Upsert or PlanVerb.Reconcile when isSingleton:
                Refuse(operation, operation.Verb == PlanVerb.Upsert ? PlanProblemKind.CannotUpsertSingleton : PlanProblemKind.CannotReconcileSingleton, PlanProblemCause.Singleton, operation.VerbSpan,
                    $"There is always one {type.Name}: write it with 'update'.");
                break;
            case PlanVerb.Create or PlanVerb.Upsert or PlanVerb.Reconcile:
                ResolveBodies(operation, type);
                break;
        }
    }

    private void ResolveUpdate(PlanOperation operation, bool isSingleton)
    {
        var json = operation.Json;
        var hasId = operation.IdNode >= 0 && json.Kind(operation.IdNode) is JsonKind.Text or JsonKind.Placeholder;
        if (isSingleton)
        {
            if (hasId && !json.ValueIs(operation.IdNode, "singleton"))
                Refuse(operation, PlanProblemKind.BadSingletonId, PlanProblemCause.Singleton, json.Span(operation.IdNode), $"There is only one {operation.Type!.Name}: leave 'id' out.");
        }
        else if (!hasId || json.ValueIs(operation.IdNode, ""))
        {
            Refuse(operation, PlanProblemKind.IdRequired, PlanProblemCause.Other, operation.VerbSpan, $"'id', beside 'value', must say which {operation.Type!.Name} to update.");
        }
    }

    private void ResolveBodies(PlanOperation operation, PlanType type)
    {
        var json = operation.Json;
        if (operation.ValueNode < 0 || json.Kind(operation.ValueNode) != JsonKind.Object || json.End(operation.ValueNode) == operation.ValueNode + 1)
        {
            if (operation.Verb != PlanVerb.Reconcile && (operation.ValueNode < 0 || json.Kind(operation.ValueNode) == JsonKind.Object))
                Refuse(operation, PlanProblemKind.EmptyValue, PlanProblemCause.Other, operation.ValueNode < 0 ? operation.VerbSpan : json.Span(operation.ValueNode), $"{Article(operation.Verb)} without bodies does nothing.");
            if (operation.ValueNode >= 0 && json.Kind(operation.ValueNode) == JsonKind.Placeholder)
                operation.IsSound = false;
        }
        else
        {
            ReadBodies(operation, json);
        }

        if (operation.Verb == PlanVerb.Create)
            return;
        ReadMatchOn(operation, type, json);
        if (operation.ScopeNode >= 0)
            ReadScope(operation, type, json);
    }

    /// <summary>What the tool checks once every operation is resolved: the references in what objects are matched on, and in scopes.</summary>
    public void CheckReferences(PlanOperation operation)
    {
        if (operation is { Type: { } type, Verb: PlanVerb.Upsert or PlanVerb.Reconcile })
        {
            var json = operation.Json;
            if (operation.MatchOn is not null)
                CheckKeyReferences(operation, type, json);
            if (operation.ScopeNode >= 0 && json.Kind(operation.ScopeNode) == JsonKind.Object)
                CheckScopeReferences(operation, type, json);
        }

        foreach (var (clientId, _) in operation.Bodies)
            _declared.Add(clientId);
    }

    // Sorted by id, as the tool keeps them; of two with the very same name the last counts, #a and a are the same id twice.
    private void ReadBodies(PlanOperation operation, JsonText json)
    {
        var count = 0;
        var end = json.End(operation.ValueNode);
        for (var member = JsonText.First(operation.ValueNode); member < end; member = json.Next(member))
            count++;
        var bodies = new (string ClientId, int Node)[count];
        var names = count > 1 ? new Dictionary<string, int>(count, StringComparer.Ordinal) : null;
        count = 0;
        for (var member = JsonText.First(operation.ValueNode); member < end; member = json.Next(member))
        {
            var name = json.Name(member);
            // What a template fills in differently is different.
            var written = json.IsNameUnknown(member) ? json.WrittenName(member) : name;
            if (names is not null && names.TryGetValue(written, out var earlier))
            {
                bodies[earlier].Node = member;
                continue;
            }

            var id = name.Length > 0 && name[0] == '#' ? name.Substring(1) : name;
            if (names is not null && !json.IsNameUnknown(member) && id.Length > 0 && names.ContainsKey(name[0] == '#' ? id : "#" + id))
                Refuse(operation, PlanProblemKind.DuplicateId, PlanProblemCause.Other, json.NameSpan(member), $"Two bodies have the id '{Display.Text(id)}'.");
            names?.Add(written, count);
            bodies[count++] = (id, member);
        }

        if (count < bodies.Length)
            Array.Resize(ref bodies, count);
        if (count > 1)
            Array.Sort(bodies, static (left, right) => SettingPath.Compare(left.ClientId.AsSpan(), right.ClientId.AsSpan()));
        operation.Bodies = bodies;
    }

    private void ReadMatchOn(PlanOperation operation, PlanType type, JsonText json)
    {
        var node = operation.MatchOnNode;
        if (node >= 0 && json.Kind(node) != JsonKind.Null)
        {
            if (_options.ToolPatch >= 12 && json.ValueIs(node, "*"))
            {
                operation.MatchOn = null;
                return;
            }

            if (json.Kind(node) == JsonKind.Array)
            {
                var properties = new List<string>(2);
                for (int item = JsonText.First(node), end = json.End(node); item < end; item = json.Next(item))
                {
                    if (json.Kind(item) != JsonKind.Text)
                    {
                        Refuse(operation, PlanProblemKind.InvalidMatchOn, PlanProblemCause.WrongType, json.Span(item), "'matchOn' is a list of properties' names, or \"*\".");
                        return;
                    }

                    properties.Add(json.Value(item));
                }

                if (properties.Count > 0)
                {
                    operation.MatchOn = [.. properties];
                    return;
                }
            }
            else
            {
                Refuse(operation, PlanProblemKind.InvalidMatchOn, PlanProblemCause.WrongType, json.Span(node), "'matchOn' is a list of properties' names, or \"*\".");
                return;
            }
        }

        if (type.Label.Length > 0)
        {
            operation.MatchOn = type.LabelProperty;
        }
        else
        {
            operation.MatchOn = null;
            if (operation.Verb == PlanVerb.Reconcile)
                Refuse(operation, PlanProblemKind.NoMatchKey, PlanProblemCause.Matching, operation.VerbSpan, $"Nothing tells one {type.Name} from another: 'matchOn' must say which properties do.");
        }
    }

    private void ReadScope(PlanOperation operation, PlanType type, JsonText json)
    {
        var scope = operation.ScopeNode;
        if (json.Kind(scope) != JsonKind.Object)
        {
            Refuse(operation, PlanProblemKind.InvalidScope, PlanProblemCause.WrongType, json.Span(scope), "'scope' is an object of properties and the values they must have.");
            return;
        }

        for (int member = JsonText.First(scope), end = json.End(scope); member < end; member = json.Next(member))
        {
            var name = json.Name(member);
            var field = type.FindFieldAnywhere(name.AsSpan());
            if (name == "@type" ? !type.HasVariants : field is null || field.IsServerSet)
                Refuse(operation, PlanProblemKind.InvalidScope, PlanProblemCause.UnknownName, json.NameSpan(member), $"'{Display.Text(name)}' is not a property of {type.Name} that a scope can name.", NameSuggestion.For(name, FieldNames(type)));
            else if (json.Kind(member) is JsonKind.Null or JsonKind.Object or JsonKind.Array)
                Refuse(operation, PlanProblemKind.InvalidScope, PlanProblemCause.WrongType, json.Span(member), $"A scope requires a plain value for '{name}'.");
        }

        foreach (var (clientId, body) in operation.Bodies)
        {
            for (int member = JsonText.First(scope), end = json.End(scope); member < end; member = json.Next(member))
            {
                var own = json.Find(body, json.Name(member));
                if (own >= 0 && !json.IsUnknown(own) && !json.IsUnknown(member) && !RawEqual(json, own, member))
                    Refuse(operation, PlanProblemKind.OutOfScope, PlanProblemCause.Matching, json.Span(own), $"'{Display.Text(clientId)}' is outside of the operation's scope: its '{json.Name(member)}' is another one.");
            }
        }
    }

    private void CheckKeyReferences(PlanOperation operation, PlanType type, JsonText json)
    {
        foreach (var property in operation.MatchOn!)
        {
            if (type.FindFieldAnywhere(property.AsSpan()) is not { Type.Scalar: PlanScalar.ObjectId })
                continue;
            foreach (var (_, body) in operation.Bodies)
            {
                if (json.Find(body, property) is >= 0 and var node)
                    CheckReference(operation, json, node);
            }
        }
    }

    private void CheckScopeReferences(PlanOperation operation, PlanType type, JsonText json)
    {
        for (int member = JsonText.First(operation.ScopeNode), end = json.End(operation.ScopeNode); member < end; member = json.Next(member))
        {
            if (PlanMatcher.IsReference(json, member, type.FindFieldAnywhere(json.Name(member).AsSpan())))
                CheckReference(operation, json, member);
        }
    }

    private void CheckReference(PlanOperation operation, JsonText json, int node)
    {
        if (json.Kind(node) == JsonKind.Text && json.Value(node) is { Length: > 1 } id && id[0] == '#' && !_declared.Contains(id.Substring(1)) && !json.IsUnknown(node))
            Refuse(operation, PlanProblemKind.UnresolvedReference, PlanProblemCause.Reference, json.Span(node), $"No operation before this one makes an object '{Display.Text(id)}'.");
    }

    /// <summary>Whether two values of one text are the same JSON.</summary>
    internal static bool RawEqual(JsonText json, int left, int right)
    {
        if (json.Kind(left) != json.Kind(right))
            return false;
        var first = new System.Text.StringBuilder();
        var second = new System.Text.StringBuilder();
        PlanJson.AppendRaw(first, json, left);
        PlanJson.AppendRaw(second, json, right);
        return first.Equals(second);
    }

    private static IEnumerable<string> FieldNames(PlanType type) => type.HasVariants ? type.Variants.SelectMany(variant => variant.Fields).Select(field => field.Name).Distinct() : type.Fields.Select(field => field.Name);

    private static PlanVerb VerbOf(JsonText json, int node)
    {
        for (var i = 0; i < s_verbs.Length; i++)
        {
            if (json.ValueIs(node, s_verbs[i]))
                return (PlanVerb)(i + 1);
        }

        return PlanVerb.None;
    }

    private static string VerbName(PlanVerb verb) => s_verbs[(int)verb - 1];

    private static string Article(PlanVerb verb) => verb is PlanVerb.Upsert or PlanVerb.Update ? "An " + VerbName(verb) : "A " + VerbName(verb);

    private void Twice(PlanOperation operation, int member) =>
        Refuse(operation, PlanProblemKind.DuplicateField, PlanProblemCause.Syntax, operation.Json.NameSpan(member), $"The operation has '{operation.Json.Name(member)}' twice.");

    private void Refuse(PlanOperation operation, PlanProblemKind kind, PlanProblemCause cause, SourceSpan span, string message, string? suggestion = null)
    {
        operation.IsSound = false;
        operation.IsClear &= kind == PlanProblemKind.UnknownField || cause == PlanProblemCause.Version;
        _run.RefusePlan(operation, kind, cause, span, message, suggestion);
    }
}
