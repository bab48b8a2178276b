using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace StalwartHardening.Analyzers.Builders;

// Walking through sequences by hand, and taking values apart.
internal sealed partial class Interpreter
{
    private static bool IsEnumerator(ITypeSymbol type) => type.Name is "IEnumerator" or "IAsyncEnumerator" && IsUnderSystem(type.ContainingNamespace);

    private static Located? InvokeEnumerator(IMethodSymbol method, EnumeratorValue enumerator)
    {
        switch (method.Name)
        {
            case "MoveNext" or "MoveNextAsync":
                if (enumerator.Position < enumerator.List.Items.Count)
                    enumerator.Position++;
                return enumerator.Position < enumerator.List.Items.Count ? Located.Of(Value.Of(true)) : enumerator.List.IsOpen ? null : Located.Of(Value.Of(false));
            case "Reset":
                enumerator.Position = -1;
                return Located.Unknown;
            case "Dispose" or "DisposeAsync":
                return Located.Unknown;
            default:
                return null;
        }
    }

    private static Located? CurrentOf(EnumeratorValue enumerator) =>
        enumerator.Position >= 0 && enumerator.Position < enumerator.List.Items.Count ? enumerator.List.Items[enumerator.Position] : null;

    // An object of the program that is asked for one item after the other.
    private ListValue? Drain(ObjectValue enumerator)
    {
        if (enumerator.Type is not { } type || MemberNamed<IMethodSymbol>(type, "MoveNext") is not { Parameters.IsEmpty: true } next || BodyOf(next) is not { } body || MemberNamed<IPropertySymbol>(type, "Current") is not { } current)
            return null;
        var list = new ListValue([]);
        for (var turn = 0; turn < MaxTurns && !_isSpent; turn++)
        {
            if (AsBoolean(Follow(next, body, Located.Of(enumerator), Arguments.None).Value) is not { } isThere || _isThrowing)
                return null;
            if (!isThere)
                return list;
            list.Items.Add(Dereferenced(Get(current, Located.Of(enumerator), Arguments.None, isVirtual: true)));
        }

        return null;
    }

    private static T? MemberNamed<T>(INamedTypeSymbol type, string name)
        where T : class, ISymbol
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current.GetMembers(name).OfType<T>().FirstOrDefault() is { } member)
                return member;
        }

        return null;
    }

    private void AssignEach(IForEachLoopOperation loop, Located item)
    {
        if (loop.Syntax is ForEachVariableStatementSyntax syntax && Tuple(loop.LoopControlVariable) is { } tuple)
            AssignParts(tuple, item, models.Of(syntax.SyntaxTree).GetDeconstructionInfo(syntax), keepOrigin: true);
        else
            Assign(loop.LoopControlVariable, item, keepOrigin: true);
    }

    private void AssignParts(IDeconstructionAssignmentOperation deconstruction, Located value)
    {
        if (deconstruction.Syntax is AssignmentExpressionSyntax syntax && Tuple(deconstruction.Target) is { } tuple)
            AssignParts(tuple, value, models.Of(syntax.SyntaxTree).GetDeconstructionInfo(syntax), keepOrigin: false);
        else
            Assign(deconstruction.Target, value);
    }

    private static ITupleOperation? Tuple(IOperation target) => target as ITupleOperation ?? (target is IDeclarationExpressionOperation declaration ? declaration.Expression as ITupleOperation : null);

    private void AssignParts(ITupleOperation tuple, Located value, DeconstructionInfo? info, bool keepOrigin)
    {
        var parts = Deconstruct(value, tuple.Elements.Length, info?.Method);
        for (var i = 0; i < tuple.Elements.Length && i < parts.Count; i++)
        {
            if (info is { } outer && i < outer.Nested.Length && Tuple(tuple.Elements[i]) is { } inner)
                AssignParts(inner, parts[i], outer.Nested[i], keepOrigin);
            else
                Assign(tuple.Elements[i], parts[i], keepOrigin);
        }
    }
}
