using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using StalwartHardening.Settings;

namespace StalwartHardening.Analyzers.Builders;

/// <summary>
/// Follows one way through a program as far as constants carry, and notes what is written into servers. Nothing here throws on
/// incomplete code; what it does not understand is unknown.
/// </summary>
internal sealed partial class Interpreter(Compilation compilation, BuilderVocabulary vocabulary, SourceMap sources, Choices choices, CancellationToken cancellation)
{
    private const int MaximalDepth = 24;
    private const int MaximalSteps = 200_000;
    private const int MaximalTurns = 2_000;

    private readonly Dictionary<ISymbol, Located> _variables = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, ServerDraft> _adopted = new(SymbolEqualityComparer.Default);
    private readonly Stack<Located> _conditionalInstances = new();
    private readonly Stack<Located> _receivers = new();
    private readonly Stack<Located> _initialized = new();
    private Located _returned;
    private int _depth;
    private int _steps;

    private enum Flow
    {
        Next,
        Break,
        Continue,
        Return,
        Throw,
    }

    /// <summary>The servers that were written.</summary>
    public List<ServerDraft> Servers { get; } = [];

    /// <summary>The methods that were followed.</summary>
    public HashSet<ISymbol> Followed { get; } = new(SymbolEqualityComparer.Default);

    /// <summary>Whether the program throws on this way, so that no server comes of it.</summary>
    public bool Throws { get; private set; }

    /// <summary>Follows the body of a member.</summary>
    public void Run(IOperation body)
    {
        Throws = Execute(body) == Flow.Throw;
        // Whoever gets the result may go on writing.
        Escape(_returned);
        if (_steps >= MaximalSteps)
            Servers.ForEach(static server => server.Open(""));
    }

    private Flow Execute(IOperation? operation)
    {
        if (operation is null || !Step())
            return Flow.Next;
        switch (operation)
        {
            case IMethodBodyBaseOperation method:
                if (method is IConstructorBodyOperation { Initializer: { } initializer })
                    Execute(initializer);
                return Execute(method.BlockBody ?? method.ExpressionBody);
            case IBlockOperation block:
                return ExecuteAll(block.Operations);
            case IExpressionStatementOperation statement:
                return Evaluate(statement.Operation).Value is { } && statement.Operation is IThrowOperation ? Flow.Throw : Flow.Next;
            case IVariableDeclarationGroupOperation group:
                return ExecuteAll(group.Declarations);
            case IVariableDeclarationOperation declaration:
                foreach (var declarator in declaration.Declarators)
                    _variables[declarator.Symbol] = Evaluate((declarator.Initializer ?? declaration.Initializer)?.Value) with { Origin = null };
                return Flow.Next;
            case IUsingDeclarationOperation declaration:
                return Execute(declaration.DeclarationGroup);
            case IUsingOperation statement:
                Execute(statement.Resources);
                return Execute(statement.Body);
            case ILockOperation statement:
                return Execute(statement.Body);
            case ILabeledOperation labeled:
                return Execute(labeled.Operation);
            case IConditionalOperation { IsRef: false } conditional when conditional.Type is null:
                return Decide(conditional.Condition) ? Execute(conditional.WhenTrue) : Execute(conditional.WhenFalse);
            case ISwitchOperation statement:
                return ExecuteSwitch(statement);
            case IForEachLoopOperation loop:
                return ExecuteForEach(loop);
            case IForLoopOperation loop:
                ExecuteAll(loop.Before);
                return ExecuteLoop(loop.Condition, loop.Body, loop.AtLoopBottom, testsFirst: true);
            case IWhileLoopOperation loop:
                return ExecuteLoop(loop.Condition, loop.Body, [], loop.ConditionIsTop);
            case ITryOperation statement:
                var flow = Execute(statement.Body);
                var after = Execute(statement.Finally);
                return after != Flow.Next ? after : flow == Flow.Throw && statement.Catches.Length > 0 ? Flow.Next : flow;
            case IReturnOperation { Kind: OperationKind.YieldReturn } yield:
                if (_returned.Value is not ListValue)
                    _returned = new Located(new ListValue([]), null);
                ((ListValue)_returned.Value).Items.Add(AsArgument(yield.ReturnedValue));
                return Flow.Next;
            case IReturnOperation { Kind: OperationKind.YieldBreak }:
                return Flow.Return;
            case IReturnOperation statement:
                if (statement.ReturnedValue is IThrowOperation)
                    return Flow.Throw;
                if (statement.ReturnedValue is not null)
                    _returned = Evaluate(statement.ReturnedValue);
                return Flow.Return;
            case IBranchOperation branch:
                return branch.BranchKind == BranchKind.Break ? Flow.Break : branch.BranchKind == BranchKind.Continue ? Flow.Continue : Flow.Next;
            case IThrowOperation:
                return Flow.Throw;
            case ILocalFunctionOperation or IEmptyOperation:
                return Flow.Next;
            default:
                Evaluate(operation);
                return Flow.Next;
        }
    }

    private Flow ExecuteAll<T>(IEnumerable<T> operations)
        where T : IOperation
    {
        foreach (var operation in operations)
        {
            var flow = Execute(operation);
            if (flow != Flow.Next)
                return flow;
        }

        return Flow.Next;
    }

    private Flow ExecuteSwitch(ISwitchOperation statement)
    {
        var value = Evaluate(statement.Value).Value;
        ISwitchCaseOperation? byDefault = null;
        foreach (var section in statement.Cases)
        {
            foreach (var clause in section.Clauses)
            {
                if (clause is IDefaultCaseClauseOperation)
                {
                    byDefault = section;
                    continue;
                }

                var matches = clause is ISingleValueCaseClauseOperation single ? AreEqual(value, Evaluate(single.Value).Value) : null;
                if (matches ?? choices.Take())
                    return Section(section);
            }
        }

        return byDefault is null ? Flow.Next : Section(byDefault);

        Flow Section(ISwitchCaseOperation section)
        {
            var flow = ExecuteAll(section.Body);
            return flow == Flow.Break ? Flow.Next : flow;
        }
    }

    private Flow ExecuteForEach(IForEachLoopOperation loop)
    {
        var collection = Evaluate(loop.Collection).Value;
        var items = collection is ListValue list ? [.. list.Items] : new List<Located> { Located.Unknown };
        if (collection is not ListValue)
            LoseSight();
        foreach (var item in items)
        {
            Assign(loop.LoopControlVariable, item, keepOrigin: true);
            var flow = Execute(loop.Body);
            if (flow == Flow.Break)
                break;
            if (flow is Flow.Return or Flow.Throw)
                return flow;
        }

        return Flow.Next;
    }

    private Flow ExecuteLoop(IOperation? condition, IOperation body, IEnumerable<IOperation> bottom, bool testsFirst)
    {
        for (var turn = 0; turn < MaximalTurns; turn++)
        {
            if (condition is not null && (testsFirst || turn > 0))
            {
                if (AsBoolean(Evaluate(condition).Value) is not { } holds)
                {
                    // Nobody knows how often: once stands for all.
                    LoseSight();
                    var once = Execute(body);
                    return once is Flow.Return or Flow.Throw ? once : Flow.Next;
                }

                if (!holds)
                    break;
            }

            var flow = Execute(body);
            if (flow == Flow.Break)
                break;
            if (flow is Flow.Return or Flow.Throw)
                return flow;
            ExecuteAll(bottom);
            if (_steps >= MaximalSteps)
                break;
        }

        return Flow.Next;
    }

    // Something happens an unknown number of times: no server can be said to be complete.
    private void LoseSight() => Servers.ForEach(static server => server.Open(""));

    private bool Decide(IOperation condition)
    {
        var known = AsBoolean(Evaluate(condition).Value);
        if (known is not null)
            return known.Value;
        var negated = false;
        while (condition is IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not)
        {
            negated = !negated;
            condition = not.Operand;
        }

        ISymbol? symbol = condition switch
        {
            IParameterReferenceOperation parameter => parameter.Parameter,
            ILocalReferenceOperation local => local.Local,
            IMemberReferenceOperation { Instance: null or IInstanceReferenceOperation, Member: IFieldSymbol or IPropertySymbol } member => member.Member,
            _ => null,
        };
        var taken = choices.Take();
        // On this way it is known from now on.
        if (symbol is not null)
            _variables[symbol] = new Located(new KnownValue(taken), null);
        return taken ^ negated;
    }

    private bool Step()
    {
        cancellation.ThrowIfCancellationRequested();
        return ++_steps < MaximalSteps && _depth <= MaximalDepth;
    }

    private void Assign(IOperation? target, Located value, bool keepOrigin = false)
    {
        var stored = keepOrigin ? value : value with { Origin = null };
        switch (target)
        {
            case IVariableDeclaratorOperation declarator:
                _variables[declarator.Symbol] = stored;
                break;
            case ILocalReferenceOperation local:
                _variables[local.Local] = stored;
                break;
            case IParameterReferenceOperation parameter:
                _variables[parameter.Parameter] = stored;
                break;
            case IFieldReferenceOperation field:
                Keep(field.Instance, field.Field, stored);
                break;
            case IPropertyReferenceOperation property:
                Keep(property.Instance, property.Property, stored);
                break;
            case IDeclarationExpressionOperation declaration:
                Assign(declaration.Expression, value, keepOrigin);
                break;
            case ITupleOperation tuple:
                for (var i = 0; i < tuple.Elements.Length; i++)
                    Assign(tuple.Elements[i], ItemOf(value.Value, i), keepOrigin);
                break;
            case IConversionOperation conversion:
                Assign(conversion.Operand, value, keepOrigin);
                break;
        }
    }

    private static Located ItemOf(Value value, int index) => value switch
    {
        ListValue list when index < list.Items.Count => list.Items[index],
        ObjectValue { Members.Count: var count } record when index < count => record.Members.Values.ElementAt(index),
        _ => Located.Unknown,
    };

    private void Keep(IOperation? instance, ISymbol member, Located value)
    {
        if (instance is not null && Evaluate(instance).Value is ObjectValue record)
        {
            record.Members[member.Name] = value;
            return;
        }

        // Other code may read the field and go on writing.
        Escape(value);
        _variables[member] = value;
    }

    private void Escape(Located value)
    {
        switch (value.Value)
        {
            case BuilderValue builder:
                builder.Server.Open(builder.Scope);
                break;
            case ListValue list:
                list.Items.ForEach(Escape);
                break;
            case ObjectValue record:
                foreach (var member in record.Members.Values)
                    Escape(member);
                break;
        }
    }
}
