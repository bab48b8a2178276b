using System.Text;

namespace StalwartHardening.Plans;

/// <summary>
/// How the tool finds objects again: it asks the server once for all objects of a type, remembers what it sends itself, and
/// compares JSON exactly.
/// </summary>
internal sealed class PlanMatcher
{
    private const int FewEnoughToSearch = 12;

    private readonly PlanState _state;
    private readonly Dictionary<PlanType, Candidates> _candidates = [];

    public PlanMatcher(PlanState state) => _state = state;

    /// <summary>What a match found: the object for each body (-1 for none), and those in scope that no body matched.</summary>
    internal sealed record Matches(int[] Targets, List<int> Unlisted);

    // The server's answer, or the body that was sent, and what was sent after it.
    private sealed class Candidate(int id, StateObject? answer)
    {
        public int Id { get; } = id;

        public StateObject? Answer { get; } = answer;

        public List<(JsonText Json, int Node)>? Sent { get; set; }
    }

    // All objects of a type that the tool knows, and once they are many, by the properties they were last matched on.
    private sealed class Candidates
    {
        public List<Candidate> All { get; } = [];

        public Dictionary<int, Candidate>? ById { get; set; }

        public string? IndexedBy { get; set; }

        public Dictionary<string, List<Candidate>>? ByKey { get; set; }

        public List<Candidate> Unindexed { get; } = [];

        private List<Candidate>? _untouched;

        /// <summary>Those that no operation has made, met or changed: all that a reconcile may come to delete. What comes later is touched from the start, so this only shrinks.</summary>
        public List<Candidate> Untouched(HashSet<int> touched)
        {
            _untouched ??= [.. All];
            _untouched.RemoveAll(candidate => touched.Contains(candidate.Id));
            return _untouched;
        }

        public Candidate? Find(int id)
        {
            if (All.Count <= FewEnoughToSearch)
                return All.Find(candidate => candidate.Id == id);
            if (ById is null)
            {
                ById = new Dictionary<int, Candidate>(All.Count);
                foreach (var candidate in All)
                    ById[candidate.Id] = candidate;
            }

            return ById.TryGetValue(id, out var found) ? found : null;
        }

        public void Add(Candidate added)
        {
            All.Add(added);
            ById?.Add(added.Id, added);
            Unindexed.Add(added);
        }
    }

    /// <summary>Remembers a body that the server took.</summary>
    public void Remember(PlanType type, StateObject target, JsonText json, int body, int scope)
    {
        type = type.Union ?? type;
        if (!_candidates.TryGetValue(type, out var candidates))
            return;
        var known = candidates.Find(target.Id);
        if (known is null)
        {
            known = new Candidate(target.Id, null);
            candidates.Add(known);
        }
        else
        {
            // What is sent later may change the key.
            candidates.IndexedBy = IsKeyWritten(candidates, json, body) ? null : candidates.IndexedBy;
        }

        known.Sent ??= [];
        if (scope >= 0)
            known.Sent.Add((json, scope));
        known.Sent.Add((json, body));
    }

    // The index is by properties joined with a line feed; a lone key that finds its object keeps its value.
    private static bool IsKeyWritten(Candidates candidates, JsonText json, int body) =>
        candidates.IndexedBy is { } indexed && (indexed.Length == 0 || (indexed.IndexOf('\n') >= 0 && indexed.Split('\n').Any(property => json.Find(body, property) >= 0)));

    /// <summary>Finds the objects that the bodies of an operation mean; null, with a report, where the tool gives up.</summary>
    public Matches? Match(PlanOperation operation, PlanReferences references, PlanRun run, HashSet<int> touched)
    {
        var type = operation.Type!;
        var json = operation.Json;
        if (!_candidates.TryGetValue(type, out var candidates))
        {
            candidates = new Candidates();
            foreach (var known in _state.Of(type).Objects)
            {
                if (!known.IsPartial)
                    candidates.Add(new Candidate(known.Id, known));
            }

            _candidates.Add(type, candidates);
        }

        if (ReadScope(operation, type, references, run) is not { } scope)
            return null;

        // What an operation deleted is gone from the server, whatever the tool remembers.
        var state = _state.Of(type);
        var isSmall = candidates.All.Count <= FewEnoughToSearch;
        List<Candidate>? inScope = null;
        if (isSmall)
        {
            inScope = new List<Candidate>(candidates.All.Count);
            foreach (var candidate in candidates.All)
            {
                if (IsThere(candidate))
                    inScope.Add(candidate);
            }
        }

        bool IsThere(Candidate candidate) => state.Find(candidate.Id) is not null && IsInScope(candidate, type, scope);

        var targets = new int[operation.Bodies.Length];
        var keys = targets.Length > 1 ? new Dictionary<string, string>(targets.Length, StringComparer.Ordinal) : null;
        Dictionary<string, List<Candidate>>? byKey = null;
        var matched = operation.Verb == PlanVerb.Reconcile ? new HashSet<int>() : null;
        for (var i = 0; i < targets.Length; i++)
        {
            targets[i] = -1;
            var (clientId, body) = operation.Bodies[i];
            if (json.Kind(body) != JsonKind.Object)
                continue;
            PlanType variant = type;
            if (type.HasVariants)
            {
                var node = json.Find(body, "@type");
                if (node < 0 && operation.ScopeNode >= 0)
                    node = json.Find(operation.ScopeNode, "@type");
                if (node < 0 || json.Kind(node) != JsonKind.Text)
                {
                    run.Fail(PlanProblemKind.MissingVariant, PlanProblemCause.Matching, json.NameSpan(body), $"'@type' must say which {type.Name} '{Display.Text(clientId)}' is.");
                    return null;
                }

                variant = type.FindVariant(json.Value(node).AsSpan()) ?? type.Variants[0];
            }

            var key = KeyOf(operation, variant, body, references, run, out var ok);
            if (!ok)
                return null;
            if (key is null)
                continue;
            if (keys is not null && keys.TryGetValue(key, out var earlier))
            {
                run.Fail(PlanProblemKind.DuplicateMatchKey, PlanProblemCause.Matching, json.NameSpan(body), $"'{Display.Text(earlier)}' and '{Display.Text(clientId)}' mean the same {type.Name}: the tool compares {Named(operation)} only.");
                return null;
            }

            keys?.Add(key, clientId);
            var found = -1;
            if (!isSmall)
            {
                byKey ??= Indexed(candidates, operation, type);
                if (byKey.TryGetValue(key, out var hits))
                {
                    foreach (var hit in hits)
                    {
                        if (!IsThere(hit))
                            continue;
                        if (found >= 0)
                            return FailAmbiguous(operation, run, clientId, body);
                        found = hit.Id;
                    }
                }
            }
            else
            {
                foreach (var candidate in inScope!)
                {
                    if (KeyOf(candidate, operation, type) != key)
                        continue;
                    if (found >= 0)
                        return FailAmbiguous(operation, run, clientId, body);
                    found = candidate.Id;
                }
            }

            targets[i] = found;
            if (found >= 0)
                matched?.Add(found);
        }

        var unlisted = new List<int>();
        if (operation.Verb == PlanVerb.Reconcile)
        {
            foreach (var candidate in candidates.Untouched(touched))
            {
                if (!matched!.Contains(candidate.Id) && IsThere(candidate))
                    unlisted.Add(candidate.Id);
            }
        }

        return new Matches(targets, unlisted);
    }

    // The index of all candidates, kept from one operation to the next that matches on the same properties.
    private Dictionary<string, List<Candidate>> Indexed(Candidates candidates, PlanOperation operation, PlanType type)
    {
        var signature = operation.MatchOn is null ? "" : string.Join("\n", operation.MatchOn);
        if (candidates.ByKey is not null && candidates.IndexedBy == signature)
        {
            Index(candidates.ByKey, candidates.Unindexed, operation, type);
        }
        else
        {
            candidates.ByKey = Index(new Dictionary<string, List<Candidate>>(StringComparer.Ordinal), candidates.All, operation, type);
            candidates.IndexedBy = signature;
        }

        candidates.Unindexed.Clear();
        return candidates.ByKey;
    }

    private Dictionary<string, List<Candidate>> Index(Dictionary<string, List<Candidate>> index, List<Candidate> candidates, PlanOperation operation, PlanType type)
    {
        foreach (var candidate in candidates)
        {
            if (KeyOf(candidate, operation, type) is not { } key)
                continue;
            if (!index.TryGetValue(key, out var sharing))
                index.Add(key, sharing = new List<Candidate>(1));
            sharing.Add(candidate);
        }

        return index;
    }

    private static Matches? FailAmbiguous(PlanOperation operation, PlanRun run, string clientId, int body)
    {
        run.Fail(PlanProblemKind.AmbiguousMatch, PlanProblemCause.Matching, operation.Json.NameSpan(body), $"Several {operation.Type!.Name} objects match '{Display.Text(clientId)}' by {Named(operation)}.");
        return null;
    }

    private static string Named(PlanOperation operation) => operation.MatchOn is null ? "all single values" : string.Join(", ", operation.MatchOn.Select(property => "'" + property + "'"));

    // The key of a body: its variant and the values that are compared. A lone text is its own key.
    private static string? KeyOf(PlanOperation operation, PlanType variant, int body, PlanReferences references, PlanRun run, out bool ok)
    {
        var json = operation.Json;
        ok = true;
        var key = new StringBuilder();
        if (operation.MatchOn is null)
        {
            key.Append(variant.Variant).Append('|');
            foreach (var field in Compared(variant))
            {
                key.Append(field.Name).Append('=');
                var node = json.Find(body, field.Name);
                if (node < 0 && operation.ScopeNode >= 0)
                    node = json.Find(operation.ScopeNode, field.Name);
                if (node < 0)
                    key.Append("null");
                else
                    PlanJson.AppendRaw(key, json, node);
                key.Append('|');
            }

            return key.ToString();
        }

        if (operation.MatchOn.Length == 1 && !operation.Type!.HasVariants && json.Find(body, operation.MatchOn[0]) is >= 0 and var only && json.Kind(only) == JsonKind.Text && variant.FindField(operation.MatchOn[0].AsSpan()) is not { Type.Scalar: PlanScalar.ObjectId })
            return json.Comparable(only);
        key.Append('\u0001').Append(variant.Variant).Append('|');
        foreach (var property in operation.MatchOn)
        {
            var node = json.Find(body, property);
            if (node < 0 && operation.ScopeNode >= 0)
                node = json.Find(operation.ScopeNode, property);
            if (node < 0)
            {
                run.Fail(PlanProblemKind.MissingMatchProperty, PlanProblemCause.Matching, json.NameSpan(body), $"The tool looks for {Display.WithArticle(operation.Type!.Name)} by '{Display.Text(property)}', which this body does not have.");
                ok = false;
                return null;
            }

            if (IsReference(json, node, variant.FindField(property.AsSpan())))
            {
                var id = json.Value(node).Substring(1);
                if (references.Resolve(id) is not { } referred)
                {
                    FailReference(run, json, node, id);
                    ok = false;
                    return null;
                }

                PlanJson.AppendText(key, referred.ServerId);
            }
            else
            {
                PlanJson.AppendRaw(key, json, node);
            }

            key.Append('|');
        }

        return key.ToString();
    }

    private string? KeyOf(Candidate candidate, PlanOperation operation, PlanType type)
    {
        var variant = VariantOf(candidate, type);
        if (operation.MatchOn is { Length: 1 } && !type.HasVariants && type.FindField(operation.MatchOn[0].AsSpan()) is { Type.Scalar: not PlanScalar.ObjectId } single)
        {
            if (candidate.Sent is null)
            {
                if (candidate.Answer![single] is { Kind: PlanValueKind.Text } text)
                    return text.Content;
            }
            else if (Find(candidate, single.Name, out var json, out var node) && json.Kind(node) == JsonKind.Text)
            {
                return json.Comparable(node);
            }
        }

        var key = new StringBuilder();
        if (operation.MatchOn is null)
        {
            key.Append(variant?.Variant).Append('|');
            foreach (var field in Compared(variant ?? type))
            {
                key.Append(field.Name).Append('=');
                AppendProperty(key, candidate, field.Name, "null");
                key.Append('|');
            }

            return key.ToString();
        }

        key.Append('\u0001').Append(variant?.Variant).Append('|');
        foreach (var property in operation.MatchOn)
        {
            if (property == "@type")
                PlanJson.AppendText(key, variant?.Variant ?? "");
            else if (!AppendProperty(key, candidate, property, null))
                return null;
            key.Append('|');
        }

        return key.ToString();
    }

    // Texts, numbers, truth values, words and dates: no references, sets, unions, secrets, and nothing that only the server writes.
    private static IEnumerable<PlanField> Compared(PlanType variant) =>
        variant.Fields.Where(field => field is { IsServerSet: false, IsSecret: false, Type: { Shape: PlanShape.Scalar, Scalar: not PlanScalar.ObjectId } });

    private static bool AppendProperty(StringBuilder key, Candidate candidate, string property, string? missing)
    {
        if (Find(candidate, property, out var json, out var node))
        {
            PlanJson.AppendRaw(key, json, node);
            return true;
        }

        // The server shows a new object only from the next run on: what was not sent is not there.
        var answer = candidate.Answer;
        if (answer is null)
        {
            if (missing is null)
                return false;
            key.Append(missing);
            return true;
        }

        if (property == "emailAddress" && answer.Type.Name == "Account")
        {
            PlanJson.AppendText(key, PlanValidation.AddressOf(answer) ?? "");
            return true;
        }

        var value = answer[property];
        if (value is null)
            return false;
        PlanJson.Append(key, value, PlanJson.References.ById);
        return true;
    }

    private static bool Find(Candidate candidate, string property, out JsonText json, out int node)
    {
        for (var i = (candidate.Sent?.Count ?? 0) - 1; i >= 0; i--)
        {
            json = candidate.Sent![i].Json;
            node = json.Find(candidate.Sent[i].Node, property);
            if (node >= 0)
                return true;
        }

        json = null!;
        node = -1;
        return false;
    }

    private PlanType? VariantOf(Candidate candidate, PlanType type)
    {
        if (!type.HasVariants)
            return null;
        if (_state.Of(type).Find(candidate.Id) is { } now)
            return now.Type;
        return candidate.Answer?.Type;
    }

    // The properties of an operation's scope and the values they must have, references resolved; null, with a report, where one leads nowhere.
    private static List<(string Property, string Value)>? ReadScope(PlanOperation operation, PlanType type, PlanReferences references, PlanRun run)
    {
        var scope = new List<(string, string)>();
        if (operation.ScopeNode < 0)
            return scope;
        var json = operation.Json;
        for (int member = JsonText.First(operation.ScopeNode), end = json.End(operation.ScopeNode); member < end; member = json.Next(member))
        {
            var name = json.Name(member);
            var value = new StringBuilder();
            if (IsReference(json, member, type.FindFieldAnywhere(name.AsSpan())))
            {
                var id = json.Value(member).Substring(1);
                if (references.Resolve(id) is not { } referred)
                {
                    FailReference(run, json, member, id);
                    return null;
                }

                PlanJson.AppendText(value, referred.ServerId);
            }
            else
            {
                PlanJson.AppendRaw(value, json, member);
            }

            scope.Add((name, value.ToString()));
        }

        return scope;
    }

    /// <summary>Whether a value refers to an object of the plan: <c>"#id"</c> in a field that holds an id.</summary>
    internal static bool IsReference(JsonText json, int node, PlanField? field) =>
        field is { Type.Scalar: PlanScalar.ObjectId } && json.Kind(node) == JsonKind.Text && json.Value(node) is { Length: > 1 } id && id[0] == '#';

    private static void FailReference(PlanRun run, JsonText json, int node, string id) =>
        run.Fail(PlanProblemKind.UnresolvedReference, PlanProblemCause.Reference, json.Span(node), $"No operation before this one makes an object '#{Display.Text(id)}'.");

    private bool IsInScope(Candidate candidate, PlanType type, List<(string Property, string Value)> scope)
    {
        foreach (var (property, value) in scope)
        {
            var found = new StringBuilder();
            if (property == "@type")
                PlanJson.AppendText(found, VariantOf(candidate, type)?.Variant ?? "");
            else if (!AppendProperty(found, candidate, property, null))
                return false;
            if (found.ToString() != value)
                return false;
        }

        return true;
    }
}
