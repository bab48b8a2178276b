using System.Text;

namespace StalwartHardening.Plans;

/// <summary>Settings of one object as the JSON that says the same.</summary>
internal sealed class PlanTree
{
    private readonly List<(string Name, PlanTree Tree)> _children = [];
    private string? _text;

    /// <summary>Gives the value at the end of a path a text.</summary>
    public void Set(string[] path, int from, string text)
    {
        if (from == path.Length)
        {
            _text = text;
            return;
        }

        var child = _children.Find(child => child.Name == path[from]).Tree;
        if (child is null)
            _children.Add((path[from], child = new PlanTree()));
        child.Set(path, from + 1, text);
    }

    /// <summary>Whether nothing was set.</summary>
    public bool IsEmpty => _children.Count == 0 && _text is null;

    /// <summary>What is to be written where the first parts of a key's path are there already.</summary>
    public string ToJson(PlanKey key, int depth, PlanJsonStyle style, Func<string, string?> reference)
    {
        var tree = this;
        for (var i = 0; i < depth; i++)
            tree = tree._children.Find(child => child.Name == key.Path[i]).Tree ?? new PlanTree();
        var above = key.With([.. key.Path.Take(depth)]);
        if (depth == 0)
            return tree.ToObject(key.Type, style, reference);
        if (key.Path[depth - 1] == "@type")
            return PlanMemberEdits.Quote(tree._text ?? "");
        if (above.Field(out var isMember) is not { } field)
            return tree.Leaf();
        return !isMember ? tree.ToValue(field, style, reference)
            : field.Type.Shape == PlanShape.Set ? "true"
            : field.ValueType is { } type ? tree.ToObject(type, style, reference)
            : Scalar(tree._text ?? "", field.Type.ValueScalar, false, reference);
    }

    /// <summary>An object with fields.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="style">How the plan is spaced.</param>
    /// <param name="reference">How a plan writes the object that a setting names.</param>
    public string ToObject(PlanType type, PlanJsonStyle style, Func<string, string?> reference)
    {
        var json = new StringBuilder("{");
        foreach (var (name, tree) in _children)
        {
            if (json.Length > 1)
                json.Append(style.Comma);
            PlanJson.AppendText(json, name);
            json.Append(style.Colon);
            json.Append(name == "@type" ? PlanMemberEdits.Quote(tree._text ?? "") : type.FindFieldAnywhere(name.AsSpan()) is { } field ? tree.ToValue(field, style, reference) : tree.Leaf());
        }

        return json.Append('}').ToString();
    }

    /// <summary>The value of a field.</summary>
    public string ToValue(PlanField field, PlanJsonStyle style, Func<string, string?> reference)
    {
        switch (field.Type.Shape)
        {
            case PlanShape.Scalar:
                return Scalar(_text ?? "", field.Type.Scalar, field.IsNullable, reference);
            case PlanShape.Object when _text is null && field.ValueType is { } type:
                return WithoutRules(field) + ToObject(type, style, reference);
            case PlanShape.Object:
                return Leaf();
        }

        var json = new StringBuilder("{");
        foreach (var (name, tree) in _children)
        {
            if (json.Length > 1)
                json.Append(style.Comma);
            PlanJson.AppendText(json, field.Type.Shape == PlanShape.Set && field.Type.Scalar == PlanScalar.ObjectId ? reference(name) ?? name : name);
            json.Append(style.Colon).Append(
                field.Type.Shape == PlanShape.Set ? "true"
                : field.ValueType is { } type ? tree.ToObject(type, style, reference)
                : Scalar(tree._text ?? "", field.Type.ValueScalar, false, reference));
        }

        return json.Append('}').ToString();
    }

    /// <summary>A single value.</summary>
    public static string Scalar(string text, PlanScalar scalar, bool isNullable, Func<string, string?> reference) =>
        isNullable && text == "null" ? "null"
        : scalar is PlanScalar.Boolean or PlanScalar.Unsigned or PlanScalar.Integer or PlanScalar.Float or PlanScalar.Duration ? text
        : PlanMemberEdits.Quote(scalar == PlanScalar.ObjectId ? reference(text) ?? text : text);

    // Rules that a server has from before stay where an expression does not say that there are none.
    private string WithoutRules(PlanField field)
    {
        if (field.Type.Name == "Expression" && !_children.Exists(static child => child.Name == "match"))
            _children.Insert(0, ("match", new PlanTree()));
        return "";
    }

    private string Leaf() => _text is null or "{}" ? "{}" : PlanMemberEdits.Quote(_text);
}
