using System.Text;

namespace StalwartHardening.Plans;

/// <summary>
/// How the tool finds objects again: it asks the server once for all objects of a type, remembers what it sends itself, and
/// compares JSON exactly.
/// </summary>
internal sealed partial class PlanMatcher
{
    private const int FewEnoughToSearch = 12;

    private readonly PlanState _state;
    private readonly Dictionary<PlanType, Candidates> _candidates = [];

    public PlanMatcher(PlanState state) => _state = state;

    /// <summary>What a match found: the object for each body (-1 for none), and those in scope that no body matched.</summary>
    internal sealed record Matches(int[] Targets, List<int> Unlisted);

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
                var node = operation.FindIn(body, "@type");
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

    private static Matches? FailAmbiguous(PlanOperation operation, PlanRun run, string clientId, int body)
    {
        run.Fail(PlanProblemKind.AmbiguousMatch, PlanProblemCause.Matching, operation.Json.NameSpan(body), $"Several {operation.Type!.Name} objects match '{Display.Text(clientId)}' by {Named(operation)}.");
        return null;
    }

    private static string Named(PlanOperation operation) => operation.MatchOn is null ? "all single values" : string.Join(", ", operation.MatchOn.Select(property => "'" + property + "'"));

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
