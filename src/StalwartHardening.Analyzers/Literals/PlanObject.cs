using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace StalwartHardening.Analyzers.Literals;

/// <summary>
/// Writes the JSON that a <c>JsonObject</c> in a program serialises to, as far as its initialiser says beyond doubt. A value that is
/// not known is a hole; where a name is not known, or members may come later, there is no text at all.
/// </summary>
internal sealed class PlanObject
{
    private const string Nodes = "System.Text.Json.Nodes";
    private const string Verb = "@type";

    private readonly LiteralTextBuilder _text = new();
    private readonly SemanticModel _model;
    private readonly CancellationToken _cancellationToken;

    private PlanObject(SemanticModel model, CancellationToken cancellationToken)
    {
        _model = model;
        _cancellationToken = cancellationToken;
    }

    /// <summary>Whether it is worth asking what <paramref name="creation"/> means: its initialiser names <c>@type</c>.</summary>
    public static bool IsCandidate(BaseObjectCreationExpressionSyntax creation)
    {
        if (creation.Initializer is not { } initializer)
            return false;
        foreach (var element in initializer.Expressions)
        {
            if (NameOf(element) is LiteralExpressionSyntax { Token.ValueText: Verb })
                return true;
        }

        return false;
    }

    /// <summary>The text of a candidate; null where it is no JSON object, or may become another one.</summary>
    public static LiteralText? Read(BaseObjectCreationExpressionSyntax creation, SemanticModel model, CancellationToken cancellationToken)
    {
        var writer = new PlanObject(model, cancellationToken);
        return writer.Is(creation, "JsonObject") && !MayChange(creation) && writer.WriteObject(creation) ? writer._text.Build() : null;
    }

    // An object that a variable holds may get members, or lose some, after it was made.
    private static bool MayChange(ExpressionSyntax creation)
    {
        if (creation.Parent is not EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax variable })
            return creation.Parent is AssignmentExpressionSyntax { Parent: not InitializerExpressionSyntax };
        var scope = variable.FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } member and not (FieldDeclarationSyntax or GlobalStatementSyntax) ? member : variable.SyntaxTree.GetRoot();
        foreach (var node in scope.DescendantNodes())
        {
            if (node is not IdentifierNameSyntax name || name.Identifier.ValueText != variable.Identifier.ValueText)
                continue;
            if (name.Parent is ElementAccessExpressionSyntax or AssignmentExpressionSyntax
                || (name.Parent is MemberAccessExpressionSyntax access && access.Expression == name && !IsReading(access.Name.Identifier.ValueText)))
                return true;
        }

        return false;
    }

    private static bool IsReading(string member) => member is "ToJsonString" or "ToString" or "WriteTo" or "DeepClone";

    private static ExpressionSyntax? NameOf(ExpressionSyntax element) => element switch
    {
        AssignmentExpressionSyntax { Left: ImplicitElementAccessSyntax { ArgumentList.Arguments: [var only] } } => only.Expression,
        InitializerExpressionSyntax { Expressions: [var name, _] } => name,
        _ => null,
    };

    private static ExpressionSyntax ValueOf(ExpressionSyntax element) => element is AssignmentExpressionSyntax assignment ? assignment.Right : ((InitializerExpressionSyntax)element).Expressions[1];

    private bool Is(ExpressionSyntax creation, string name) =>
        _model.GetTypeInfo(creation, _cancellationToken).Type is { } type && type.Name == name && type.ContainingNamespace.ToDisplayString() == Nodes;

    private bool WriteObject(BaseObjectCreationExpressionSyntax creation)
    {
        _text.AddWhole("{", creation.NewKeyword.Span);
        var isFirst = true;
        foreach (var element in creation.Initializer?.Expressions ?? default)
        {
            if (NameOf(element) is not { } name || _model.GetConstantValue(name, _cancellationToken) is not { HasValue: true, Value: string known })
                return false;
            if (!isFirst)
                _text.AddWhole(",", name.Span);
            isFirst = false;
            WriteText(known, name.Span);
            _text.AddWhole(":", name.Span);
            if (!WriteValue(ValueOf(element)))
                return false;
        }

        _text.AddWhole("}", creation.NewKeyword.Span);
        return true;
    }

    private bool WriteArray(BaseObjectCreationExpressionSyntax creation)
    {
        _text.AddWhole("[", creation.NewKeyword.Span);
        var isFirst = true;
        foreach (var element in (creation.ArgumentList?.Arguments.Select(static argument => argument.Expression) ?? []).Concat(creation.Initializer?.Expressions ?? default))
        {
            if (!isFirst)
                _text.AddWhole(",", element.Span);
            isFirst = false;
            if (!WriteValue(element))
                return false;
        }

        _text.AddWhole("]", creation.NewKeyword.Span);
        return true;
    }

    private bool WriteAnonymous(AnonymousObjectCreationExpressionSyntax creation)
    {
        _text.AddWhole("{", creation.NewKeyword.Span);
        var isFirst = true;
        foreach (var member in creation.Initializers)
        {
            if (_model.GetDeclaredSymbol(member, _cancellationToken) is not { } property)
                return false;
            if (!isFirst)
                _text.AddWhole(",", member.Span);
            isFirst = false;
            // "@type = x" is called "type": an at sign is no part of a name in C#.
            WriteText(property.Name, member.NameEquals?.Name.Span ?? member.Span);
            _text.AddWhole(":", member.Span);
            if (!WriteValue(member.Expression))
                return false;
        }

        _text.AddWhole("}", creation.NewKeyword.Span);
        return true;
    }

    private bool WriteValue(ExpressionSyntax value)
    {
        while (value is ParenthesizedExpressionSyntax or CastExpressionSyntax or PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression })
            value = value is ParenthesizedExpressionSyntax inner ? inner.Expression : value is CastExpressionSyntax cast ? cast.Expression : ((PostfixUnaryExpressionSyntax)value).Operand;
        switch (value)
        {
            case BaseObjectCreationExpressionSyntax creation when Is(creation, "JsonObject"):
                return WriteObject(creation);
            case BaseObjectCreationExpressionSyntax creation when Is(creation, "JsonArray"):
                return WriteArray(creation);
            case AnonymousObjectCreationExpressionSyntax anonymous:
                return WriteAnonymous(anonymous);
            case InvocationExpressionSyntax { ArgumentList.Arguments: [var only] } call when IsSerialisation(call):
                return WriteValue(only.Expression);
        }

        var constant = _model.GetConstantValue(value, _cancellationToken);
        if (!constant.HasValue)
            _text.AddUnknown(value.Span);
        else if (constant.Value is string text)
            WriteText(text, value.Span);
        else if (constant.Value is bool truth)
            _text.AddWhole(truth ? "true" : "false", value.Span);
        else if (constant.Value is null)
            _text.AddWhole("null", value.Span);
        else if (constant.Value is sbyte or byte or short or ushort or int or uint or long or ulong)
            _text.AddWhole(Convert.ToString(constant.Value, CultureInfo.InvariantCulture), value.Span);
        else
            _text.AddUnknown(value.Span);
        return true;
    }

    // With options it may name members otherwise.
    private bool IsSerialisation(InvocationExpressionSyntax call) =>
        call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Create" or "SerializeToNode" }
        && _model.GetSymbolInfo(call, _cancellationToken).Symbol is IMethodSymbol { ContainingType: { } type }
        && type is { Name: "JsonValue", ContainingNamespace.Name: "Nodes" } or { Name: "JsonSerializer", ContainingNamespace.Name: "Json" };

    private void WriteText(string text, TextSpan span)
    {
        var written = new StringBuilder(text.Length + 2).Append('"');
        foreach (var c in text)
        {
            if (c is '"' or '\\')
                written.Append('\\').Append(c);
            else if (c < ' ')
                written.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
            else
                written.Append(c);
        }

        _text.AddWhole(written.Append('"').ToString(), span);
    }
}
