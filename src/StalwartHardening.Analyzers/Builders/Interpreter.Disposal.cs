using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace StalwartHardening.Analyzers.Builders;

/// <summary>What happens at the end of <c>using</c>: objects of the program may write a server when they are disposed.</summary>
internal sealed partial class Interpreter
{
    private Flow ExecuteUsing(IUsingOperation statement)
    {
        var outer = _frame;
        _frame = new Frame(outer);
        var resources = new List<Located>();
        if (statement.Resources is IVariableDeclarationGroupOperation group)
        {
            Execute(group);
            AddVariables(group, resources);
        }
        else
        {
            resources.Add(Evaluate(statement.Resources));
        }

        var flow = Execute(statement.Body);
        Dispose(resources);
        _frame = outer;
        return _isThrowing ? Flow.Throw : flow;
    }

    private void AddVariables(IVariableDeclarationGroupOperation group, List<Located> resources)
    {
        foreach (var declaration in group.Declarations)
        {
            foreach (var declarator in declaration.Declarators)
            {
                if (_frame.TryGet(declarator.Symbol, out var value))
                    resources.Add(value);
            }
        }
    }

    // The last first, whether something was thrown or not.
    private void Dispose(List<Located> resources)
    {
        var wasThrowing = _isThrowing;
        for (var i = resources.Count - 1; i >= 0; i--)
        {
            _isThrowing = false;
            if (resources[i].Value is ObjectValue { Type: { } type } && DisposeOf(type) is { } method && BodyOf(method) is { } body)
                Follow(method, body, resources[i], Arguments.None);
            wasThrowing |= _isThrowing;
        }

        _isThrowing = wasThrowing;
    }

    private static IMethodSymbol? DisposeOf(INamedTypeSymbol type)
    {
        foreach (var contract in type.AllInterfaces)
        {
            if (contract is { SpecialType: SpecialType.System_IDisposable } or { Name: "IAsyncDisposable", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } })
                return type.FindImplementationForInterfaceMember(contract.GetMembers()[0]) as IMethodSymbol;
        }

        // A ref struct is disposed by the name of its method.
        return type.GetMembers("Dispose").OfType<IMethodSymbol>().FirstOrDefault(static method => method.Parameters.IsEmpty);
    }
}
