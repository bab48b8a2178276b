using System.Text;
using StalwartHardening.Plans;

namespace StalwartHardening.Migration;

/// <summary>A plan as text, and which part of the draft each stretch of it is.</summary>
internal sealed class DraftText
{
    private readonly StringBuilder _json = new();
    private readonly List<Place> _places = [];

    private DraftText(IReadOnlyList<DraftOperation> operations)
    {
        foreach (var operation in operations)
            Append(operation);
    }

    /// <summary>The text.</summary>
    public string Text => _json.ToString();

    public static DraftText From(IReadOnlyList<DraftOperation> operations) => new(operations);

    /// <summary>What is written at a position, from the operation inwards; the last one is the smallest.</summary>
    public List<Place> At(int position)
    {
        var found = _places.FindAll(place => place.Start <= position && position < place.End);
        found.Sort(static (left, right) => (right.End - right.Start).CompareTo(left.End - left.Start));
        return found;
    }

    private void Append(DraftOperation operation)
    {
        var start = _json.Length;
        _json.Append("{\"@type\":\"").Append(operation.Verb).Append("\",\"object\":\"").Append(operation.Type.Name).Append('"');
        if (operation.MatchOn.Count > 0)
            _json.Append(",\"matchOn\":[").Append(string.Join(",", operation.MatchOn.Select(static name => "\"" + name + "\""))).Append(']');
        _json.Append(",\"value\":");
        if (operation.Filter is { } filter)
        {
            _json.Append(filter);
        }
        else if (operation.Verb == "update")
        {
            AppendBody(operation, operation.Bodies[0]);
        }
        else
        {
            _json.Append('{');
            for (var i = 0; i < operation.Bodies.Count; i++)
            {
                if (i > 0)
                    _json.Append(',');
                PlanJson.AppendText(_json, operation.Bodies[i].ClientId);
                _json.Append(':');
                AppendBody(operation, operation.Bodies[i]);
            }

            _json.Append('}');
        }

        _json.Append("}\n");
        _places.Add(new Place(start, _json.Length - 1, operation, null, null, null, ""));
    }

    private void AppendBody(DraftOperation operation, DraftBody body)
    {
        var start = _json.Length;
        Append(operation, body, body.Value);
        _places.Add(new Place(start, _json.Length, operation, body, null, body.Value, ""));
    }

    private void Append(DraftOperation operation, DraftBody body, DraftValue value)
    {
        if (value.Literal is { } literal)
        {
            _json.Append(literal);
            return;
        }

        _json.Append('{');
        var first = true;
        if (value.Variant is { Variant: { } variant })
        {
            _json.Append("\"@type\":\"").Append(variant).Append('"');
            first = false;
        }

        foreach (var member in value.Members)
        {
            if (!first)
                _json.Append(',');
            first = false;
            var start = _json.Length;
            PlanJson.AppendText(_json, member.Key);
            _json.Append(':');
            Append(operation, body, member.Value);
            _places.Add(new Place(start, _json.Length, operation, body, value, member.Value, member.Key));
        }

        _json.Append('}');
    }

    /// <summary>A stretch of the text.</summary>
    /// <param name="Start">Where it begins; at the name of a member.</param>
    /// <param name="End">Where it ends.</param>
    /// <param name="Operation">The operation it belongs to.</param>
    /// <param name="Body">The object it belongs to; null for the operation itself.</param>
    /// <param name="Parent">What it is a member of; null for a body and an operation.</param>
    /// <param name="Value">The value; null for an operation.</param>
    /// <param name="Name">The name of the member.</param>
    internal readonly record struct Place(int Start, int End, DraftOperation Operation, DraftBody? Body, DraftValue? Parent, DraftValue? Value, string Name);
}
