using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using StalwartHardening.Analyzers.Literals;
using StalwartHardening.Rules;

namespace StalwartHardening.Analyzers.Environments;

/// <summary>One variable that a program sets for a server.</summary>
/// <param name="Name">The expression that names it.</param>
/// <param name="Value">The expression with its value; the same where both are in one text.</param>
/// <param name="Text">The value, unknown parts as such.</param>
internal readonly record struct EnvironmentEntry(ExpressionSyntax Name, ExpressionSyntax Value, string Text);

/// <summary>
/// Finds where a program sets the variable of the recovery administrator: in calls that set variables (<c>WithEnvironment</c>), in what is
/// called an environment (<c>start.Environment["…"]</c>), and in collections that are handed to either. Reading it, or naming it elsewhere,
/// sets nothing.
/// </summary>
internal sealed class EnvironmentEntries(SemanticModel model, CancellationToken cancellationToken)
{
    private const int MaxSteps = 4;

    // What sets variables says so; what reads, describes or removes them says something else.
    private static readonly string[] Setters = ["With", "Set", "Add", "TryAdd", "Put", "Use", "Append", "Define", "Export", "Pass", "Inject", "Apply", "Env"];
    private static readonly string[] Adders = ["Add", "TryAdd", "Set", "Append", "Insert"];

    /// <summary>The entries that a node sets.</summary>
    public IEnumerable<EnvironmentEntry> SetBy(SyntaxNode node) => node switch
    {
        InvocationExpressionSyntax call => SetByCall(call),
        AssignmentExpressionSyntax assignment => SetByAssignment(assignment),
        BaseObjectCreationExpressionSyntax creation => SetByCreation(creation),
        _ => [],
    };

    private IEnumerable<EnvironmentEntry> SetByCall(InvocationExpressionSyntax call)
    {
        if (NameOf(call.Expression) is not { } name)
            return [];
        var arguments = call.ArgumentList.Arguments;
        if (IsSetter(name) && model.GetSymbolInfo(call, cancellationToken).Symbol is IMethodSymbol method)
            return SetByArguments(arguments, method);
        if (Array.IndexOf(Adders, name) < 0 || call.Expression is not MemberAccessExpressionSyntax { Expression: var receiver })
            return [];
        // environment.Add("NAME", value)
        if (IsEnvironment(receiver, 0))
            return OfArguments(arguments);
        // start.ArgumentList.Add("NAME=value"), as container tools take it
        return NameOf(receiver) is { } list && list.StartsWith("Argument", StringComparison.OrdinalIgnoreCase) && arguments is [var only] && OfLine(only.Expression) is { } line ? [line] : [];
    }

    private IEnumerable<EnvironmentEntry> SetByAssignment(AssignmentExpressionSyntax assignment)
    {
        switch (assignment.Left)
        {
            // environment["NAME"] = value
            case ElementAccessExpressionSyntax { ArgumentList.Arguments: [var key] } access when IsEnvironment(access.Expression, 0):
                return Pair(key.Expression, assignment.Right).Concat(OfLoop(key.Expression));
            // Environment = { ["NAME"] = value }, Environment = new() { … }, Env = ["NAME=value"]
            case { } left when NameOf(left) is { } name && IsEnvironmentName(name):
                return EntriesOf(assignment.Right, 0);
            default:
                return [];
        }
    }

    private IEnumerable<EnvironmentEntry> SetByCreation(BaseObjectCreationExpressionSyntax creation)
    {
        if (creation is ObjectCreationExpressionSyntax { Type: var written } && !HoldsEnvironment(written.ToString()))
            return [];
        if (creation is not ObjectCreationExpressionSyntax && (creation.ArgumentList?.Arguments.Count ?? 0) == 0 && creation.Initializer is null)
            return [];
        if (model.GetTypeInfo(creation, cancellationToken).Type is not { } type || !HoldsEnvironment(type.Name) || type.Name.EndsWith("Exception", StringComparison.Ordinal))
            return [];
        // new V1EnvVar { Name = "NAME", Value = value }
        ExpressionSyntax? name = null, value = null;
        foreach (var member in creation.Initializer?.Expressions ?? default)
        {
            if (member is not AssignmentExpressionSyntax { Left: IdentifierNameSyntax property } assignment)
                continue;
            if (property.Identifier.ValueText is "Name" or "Key" or "Variable")
                name = assignment.Right;
            else if (property.Identifier.ValueText.StartsWith("Value", StringComparison.Ordinal))
                value = assignment.Right;
        }

        return name is not null && value is not null ? Pair(name, value) : OfArguments(creation.ArgumentList?.Arguments ?? default);
    }

    private IEnumerable<EnvironmentEntry> SetByArguments(SeparatedSyntaxList<ArgumentSyntax> arguments, IMethodSymbol method)
    {
        // Something must be given beside the name: what takes a name alone looks it up.
        foreach (var entry in OfArguments(arguments))
            yield return entry;
        foreach (var argument in arguments)
        {
            if (method.Parameters.Length > 0 && argument.Expression is not AnonymousFunctionExpressionSyntax)
            {
                foreach (var entry in EntriesOf(argument.Expression, 0))
                    yield return entry;
            }
        }
    }

    // "NAME", value in arguments that follow each other.
    private IEnumerable<EnvironmentEntry> OfArguments(SeparatedSyntaxList<ArgumentSyntax> arguments)
    {
        for (var i = 0; i < arguments.Count; i++)
        {
            var given = arguments[i].Expression;
            if (i + 1 < arguments.Count && IsVariable(given))
                return Pair(given, arguments[i + 1].Expression);
            if (OfLine(given) is { } line)
                return [line];
            if (IsPairCreation(given, out var name, out var value))
                return Pair(name!, value!);
        }

        return [];
    }

    // The entries of a collection: a dictionary, pairs, lines "NAME=value"; a variable stands for what it was given and got later.
    private IEnumerable<EnvironmentEntry> EntriesOf(ExpressionSyntax collection, int steps)
    {
        if (steps > MaxSteps)
            yield break;
        switch (collection)
        {
            case ParenthesizedExpressionSyntax inner:
                foreach (var entry in EntriesOf(inner.Expression, steps + 1))
                    yield return entry;
                yield break;
            case BaseObjectCreationExpressionSyntax creation:
                // new Dictionary<string, string>(others) { … }
                foreach (var entry in ElementsOf(creation.Initializer).Concat(creation.ArgumentList?.Arguments.SelectMany(argument => EntriesOf(argument.Expression, steps + 1)) ?? []))
                    yield return entry;
                yield break;
            case InitializerExpressionSyntax initializer:
                foreach (var entry in ElementsOf(initializer))
                    yield return entry;
                yield break;
            case ImplicitArrayCreationExpressionSyntax { Initializer: var elements }:
                foreach (var entry in ElementsOf(elements))
                    yield return entry;
                yield break;
            case ArrayCreationExpressionSyntax { Initializer: { } elements }:
                foreach (var entry in ElementsOf(elements))
                    yield return entry;
                yield break;
            case CollectionExpressionSyntax list:
                foreach (var entry in list.Elements.OfType<ExpressionElementSyntax>().SelectMany(element => OfElement(element.Expression)))
                    yield return entry;
                yield break;
            // environment.ToDictionary(…), builder.Add(…).Add(…)
            case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var receiver } } call:
                foreach (var entry in OfArguments(call.ArgumentList.Arguments).Concat(EntriesOf(receiver, steps + 1)))
                    yield return entry;
                yield break;
            case IdentifierNameSyntax or MemberAccessExpressionSyntax:
                foreach (var entry in OfVariable(collection, steps + 1))
                    yield return entry;
                yield break;
        }
    }

    private IEnumerable<EnvironmentEntry> ElementsOf(InitializerExpressionSyntax? initializer) => initializer?.Expressions.SelectMany(OfElement) ?? [];

    private IEnumerable<EnvironmentEntry> OfElement(ExpressionSyntax element) => element switch
    {
        AssignmentExpressionSyntax { Left: ImplicitElementAccessSyntax { ArgumentList.Arguments: [var key] } } assignment => Pair(key.Expression, assignment.Right),
        InitializerExpressionSyntax { Expressions: [var name, var value] } => Pair(name, value),
        TupleExpressionSyntax { Arguments: [var name, var value] } => Pair(name.Expression, value.Expression),
        _ when IsPairCreation(element, out var name, out var value) => Pair(name!, value!),
        _ => OfLine(element) is { } line ? [line] : [],
    };

    // What a variable holds: its initialiser, and what is put into it in the same member or type.
    private IEnumerable<EnvironmentEntry> OfVariable(ExpressionSyntax variable, int steps)
    {
        if (model.GetSymbolInfo(variable, cancellationToken).Symbol is not { } symbol
            || symbol is not (ILocalSymbol or IFieldSymbol or IPropertySymbol or IParameterSymbol)
            || symbol.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) is not { } declaration
            || declaration.SyntaxTree != model.SyntaxTree)
            yield break;
        var given = declaration switch
        {
            VariableDeclaratorSyntax { Initializer.Value: var value } => value,
            PropertyDeclarationSyntax { Initializer.Value: var value } => value,
            PropertyDeclarationSyntax { ExpressionBody.Expression: var value } => value,
            _ => null,
        };
        foreach (var entry in given is null ? [] : EntriesOf(given, steps))
            yield return entry;
        foreach (var use in UsesOf(symbol, declaration))
        {
            foreach (var entry in use.Parent switch
            {
                ElementAccessExpressionSyntax { ArgumentList.Arguments: [var key], Parent: AssignmentExpressionSyntax assignment } access when assignment.Left == access => Pair(key.Expression, assignment.Right),
                MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } access when access.Expression == use && Array.IndexOf(Adders, access.Name.Identifier.ValueText) >= 0 => OfArguments(call.ArgumentList.Arguments),
                AssignmentExpressionSyntax assignment when assignment.Left == use => EntriesOf(assignment.Right, steps),
                _ => [],
            })
                yield return entry;
        }
    }

    private IEnumerable<ExpressionSyntax> UsesOf(ISymbol symbol, SyntaxNode declaration)
    {
        SyntaxNode scope = symbol is ILocalSymbol or IParameterSymbol && declaration.FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } member and not GlobalStatementSyntax
            ? member
            : declaration.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } type ? type : declaration.SyntaxTree.GetRoot(cancellationToken);
        foreach (var node in scope.DescendantNodes())
        {
            if (node is IdentifierNameSyntax name && name.Identifier.ValueText == symbol.Name && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name, cancellationToken).Symbol, symbol))
                yield return name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
        }
    }

    // foreach (var (name, value) in variables) environment[name] = value;
    private IEnumerable<EnvironmentEntry> OfLoop(ExpressionSyntax key)
    {
        foreach (var loop in key.Ancestors().OfType<CommonForEachStatementSyntax>())
        {
            var named = loop switch
            {
                ForEachStatementSyntax simple => simple.Identifier.ValueText,
                ForEachVariableStatementSyntax { Variable: var pair } => pair.DescendantNodes().OfType<SingleVariableDesignationSyntax>().FirstOrDefault()?.Identifier.ValueText,
                _ => null,
            };
            var root = key is MemberAccessExpressionSyntax access ? access.Expression : key;
            if (root is IdentifierNameSyntax name && name.Identifier.ValueText == named)
                return EntriesOf(loop.Expression, 0);
        }

        return [];
    }

    private IEnumerable<EnvironmentEntry> Pair(ExpressionSyntax name, ExpressionSyntax value) =>
        IsVariable(name) ? [new EnvironmentEntry(name, value, LiteralReader.Read(value, model, cancellationToken).Value)] : [];

    // "NAME=value", as containers take them.
    private EnvironmentEntry? OfLine(ExpressionSyntax line)
    {
        if (line is not (LiteralExpressionSyntax or InterpolatedStringExpressionSyntax or BinaryExpressionSyntax or IdentifierNameSyntax or MemberAccessExpressionSyntax)
            || LiteralReader.Read(line, model, cancellationToken).Value is not { Length: > 0 } text
            || !text.StartsWith(RecoveryAdministrator.Variable + "=", StringComparison.Ordinal))
            return null;
        return new EnvironmentEntry(line, line, text.Substring(RecoveryAdministrator.Variable.Length + 1));
    }

    private bool IsVariable(ExpressionSyntax name) => model.GetConstantValue(name, cancellationToken) is { HasValue: true, Value: RecoveryAdministrator.Variable };

    private bool IsPairCreation(ExpressionSyntax expression, out ExpressionSyntax? name, out ExpressionSyntax? value)
    {
        (name, value) = expression switch
        {
            BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: [var first, var second] } when model.GetTypeInfo(expression, cancellationToken).Type?.Name == "KeyValuePair" => (first.Expression, second.Expression),
            InvocationExpressionSyntax { ArgumentList.Arguments: [var first, var second], Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Create", Expression: IdentifierNameSyntax { Identifier.ValueText: "KeyValuePair" } } } => (first.Expression, second.Expression),
            _ => (null, null),
        };
        return name is not null;
    }

    // What is called an environment, or is a variable that was given one or goes to one.
    private bool IsEnvironment(ExpressionSyntax receiver, int steps)
    {
        if (NameOf(receiver) is not { } name || steps > MaxSteps)
            return false;
        if (IsEnvironmentName(name))
            return true;
        return receiver is IdentifierNameSyntax
            && model.GetSymbolInfo(receiver, cancellationToken).Symbol is ILocalSymbol local
            && local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) is VariableDeclaratorSyntax { Initializer.Value: var given }
            && given is MemberAccessExpressionSyntax or IdentifierNameSyntax
            && IsEnvironment(given, steps + 1);
    }

    private static string? NameOf(ExpressionSyntax expression) => expression switch
    {
        SimpleNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        MemberBindingExpressionSyntax binding => binding.Name.Identifier.ValueText,
        ConditionalAccessExpressionSyntax conditional => NameOf(conditional.WhenNotNull),
        PostfixUnaryExpressionSyntax suppression => NameOf(suppression.Operand),
        ParenthesizedExpressionSyntax inner => NameOf(inner.Expression),
        _ => null,
    };

    private static bool IsSetter(string method)
    {
        if (!HoldsEnvironment(method))
            return false;
        foreach (var setter in Setters)
        {
            if (method.StartsWith(setter, StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    private static bool HoldsEnvironment(string name) => name.IndexOf("Env", StringComparison.Ordinal) is >= 0 and var at
        && (at + 3 == name.Length || name[at + 3] is 'i' or >= 'A' and <= 'Z' or 's');

    private static bool IsEnvironmentName(string name) =>
        name.EndsWith("environment", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith("environmentVariables", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith("envVars", StringComparison.OrdinalIgnoreCase)
        || name is "env" or "Env" or "envs" or "_env"
        || name.EndsWith("Env", StringComparison.Ordinal);
}
