namespace StalwartHardening.Plans;

/// <summary>
/// The order in which the server makes the objects of one request: those that others refer to come first. A text that refers to
/// nothing fails the whole request, before anything is made.
/// </summary>
internal sealed class PlanReferenceScan
{
    private readonly JsonText _json;
    private readonly PlanReferences _references;
    private Dictionary<string, int>? _siblings;
    private List<int>? _needed;
    private int _unresolved;

    public PlanReferenceScan(JsonText json, PlanReferences references)
    {
        _json = json;
        _references = references;
    }

    /// <summary>The places of the bodies in the server's order.</summary>
    public IEnumerable<int> Order(PlanType type, IReadOnlyList<(string ClientId, int Node)> bodies, out int unresolved, out int inBody)
    {
        _unresolved = -1;
        inBody = -1;
        if (bodies.Count > 1)
        {
            _siblings = new Dictionary<string, int>(bodies.Count, StringComparer.Ordinal);
            for (var i = 0; i < bodies.Count; i++)
                _siblings[bodies[i].ClientId] = i;
        }

        List<int>?[]? needs = null;
        for (var i = 0; i < bodies.Count; i++)
        {
            _needed = null;
            Scan(type, bodies[i].Node, 0);
            if (_unresolved >= 0)
            {
                inBody = i;
                break;
            }

            if (_needed is not null)
                (needs ??= new List<int>?[bodies.Count])[i] = _needed;
        }

        unresolved = _unresolved;
        if (needs is null)
            return Enumerable.Range(0, bodies.Count);

        // In sorted order, each after what it needs; in a circle somebody has to begin.
        var order = new List<int>(bodies.Count);
        var state = new byte[bodies.Count];
        var open = new Stack<int>();
        for (var i = 0; i < bodies.Count; i++)
        {
            open.Push(i);
            while (open.Count > 0)
            {
                var at = open.Peek();
                if (state[at] == 2)
                {
                    open.Pop();
                    continue;
                }

                if (state[at] == 1 || needs[at] is null)
                {
                    state[at] = 2;
                    order.Add(at);
                    open.Pop();
                    continue;
                }

                state[at] = 1;
                foreach (var need in needs[at]!)
                {
                    if (state[need] == 0)
                        open.Push(need);
                }
            }
        }

        return order;
    }

    // Fields that hold ids, wherever they are; a set's members are looked at as well, but those that lead nowhere are the set's own matter.
    private void Scan(PlanType type, int node, int depth)
    {
        if (_json.Kind(node) != JsonKind.Object || depth > 8)
            return;
        for (int member = JsonText.First(node), end = _json.End(node); member < end && _unresolved < 0; member = _json.Next(member))
        {
            if (_json.Kind(member) is JsonKind.True or JsonKind.False or JsonKind.Number or JsonKind.Null)
                continue;
            var field = _json.TryGetRawName(member, out var raw) ? type.FindFieldAnywhere(raw) : type.FindFieldAnywhere(_json.Name(member).AsSpan());
            if (field is null)
                continue;
            switch (field.Type.Shape)
            {
                case PlanShape.Scalar or PlanShape.Set when field.Type.Scalar == PlanScalar.ObjectId:
                    ScanIds(member);
                    break;
                case PlanShape.Object:
                    Scan(field.ValueType!, member, depth + 1);
                    break;
                case PlanShape.List:
                    for (int item = JsonText.First(member), last = _json.End(member); item < last; item = _json.Next(item))
                        Scan(field.ValueType!, item, depth + 1);
                    break;
            }
        }
    }

    private void ScanIds(int node)
    {
        switch (_json.Kind(node))
        {
            case JsonKind.Text:
                if (_json.Value(node) is { Length: > 1 } id && id[0] == '#' && !_json.IsUnknown(node) && !Need(id.Substring(1)) && _references.Resolve(id.Substring(1)) is null)
                    _unresolved = node;
                break;
            case JsonKind.Array:
                for (int item = JsonText.First(node), end = _json.End(node); item < end && _unresolved < 0; item = _json.Next(item))
                    ScanIds(item);
                break;
            case JsonKind.Object:
                for (int member = JsonText.First(node), end = _json.End(node); member < end; member = _json.Next(member))
                {
                    if (_json.Name(member) is { Length: > 1 } key && key[0] == '#')
                        Need(key.Substring(1));
                }

                break;
        }
    }

    private bool Need(string clientId)
    {
        if (_siblings is null || !_siblings.TryGetValue(clientId, out var sibling))
            return false;
        (_needed ??= []).Add(sibling);
        return true;
    }
}
