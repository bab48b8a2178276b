using System.Text;

namespace StalwartHardening.Plans;

/// <content>What the tool knows of: the server's answer and what was sent after it, found by id and by key.</content>
internal sealed partial class PlanMatcher
{
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
}
