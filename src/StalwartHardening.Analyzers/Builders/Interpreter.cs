using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using StalwartHardening.Settings;

namespace StalwartHardening.Analyzers.Builders;

/// <summary>
/// Follows one way through a program as far as constants carry, and notes what is written into servers. Nothing here throws on
/// incomplete code; what it does not understand is unknown.
/// </summary>
internal sealed partial class Interpreter(ProgramModels models, BuilderVocabulary vocabulary, HashSet<INamedTypeSymbol> roots, SourceMap sources, Choices choices, bool keepsWrites, CancellationToken cancellation)
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
    private ILabelSymbol? _target;
    private bool _isThrowing;
    private int _depth;
    private int _steps;

    private enum Flow
    {
        Next,
        Break,
        Continue,
        Return,
        Throw,
        GoTo,
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
        var flow = Execute(body);
        Throws = flow == Flow.Throw;
        if (flow == Flow.GoTo)
            LoseSight();
        // Whoever gets the result may go on writing.
        Escape(_returned);
        if (_steps >= MaximalSteps)
            Servers.ForEach(static server => server.Open(""));
    }

    private Flow Execute(IOperation? operation)
    {
        var flow = ExecuteOne(operation);
        return _isThrowing ? Flow.Throw : flow;
    }

    private Flow ExecuteOne(IOperation? operation)
    {
        if (operation is null || _isThrowing || !Step())
            return Flow.Next;
        if (operation.Kind == OperationKind.ExpressionStatement)
        {
            Evaluate(((IExpressionStatementOperation)operation).Operation);
            return Flow.Next;
        }

        switch (operation)
        {
            case IMethodBodyBaseOperation method:
                if (method is IConstructorBodyOperation { Initializer: { } initializer })
                    Execute(initializer);
                return Execute(method.BlockBody ?? method.ExpressionBody);
            case IBlockOperation block:
                return ExecuteAll(block.Operations);
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
                return ExecuteTry(statement);
            case IReturnOperation { Kind: OperationKind.YieldReturn } yield:
                if (_returned.Value is not ListValue)
                    _returned = new Located(new ListValue([]), null);
                ((ListValue)_returned.Value).Items.Add(AsArgument(yield.ReturnedValue));
                return Flow.Next;
            case IReturnOperation { Kind: OperationKind.YieldBreak }:
                return Flow.Return;
            case IReturnOperation statement:
                if (statement.ReturnedValue is not null)
                    _returned = Evaluate(statement.ReturnedValue);
                return Flow.Return;
            case IBranchOperation branch:
                _target = branch.BranchKind == BranchKind.GoTo ? branch.Target : null;
                return branch.BranchKind == BranchKind.Break ? Flow.Break : branch.BranchKind == BranchKind.Continue ? Flow.Continue : Flow.GoTo;
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
        var list = operations as IReadOnlyList<T> ?? [.. operations];
        var jumps = 0;
        for (var i = 0; i < list.Count; i++)
        {
            var flow = Execute(list[i]);
            if (flow == Flow.GoTo && IndexOfTarget(list) is var target and >= 0 && ++jumps < MaximalTurns)
                i = target - 1;
            else if (flow != Flow.Next)
                return flow;
        }

        return Flow.Next;
    }

    private int IndexOfTarget<T>(IReadOnlyList<T> operations)
        where T : IOperation
    {
        for (var i = 0; i < operations.Count; i++)
        {
            if (operations[i] is ILabeledOperation labeled && SymbolEqualityComparer.Default.Equals(labeled.Label, _target))
                return i;
        }

        return -1;
    }

    private Flow ExecuteTry(ITryOperation statement)
    {
        var flow = Execute(statement.Body);
        if (flow == Flow.Throw)
        {
            flow = ExecuteCatch(statement);
        }
        else if (statement.Catches.Length > 0 && !choices.Take())
        {
            // Something in the body may throw that nobody sees, anywhere.
            LoseSight();
            flow = ExecuteCatch(statement);
        }

        var isThrowing = _isThrowing;
        _isThrowing = false;
        var after = Execute(statement.Finally);
        _isThrowing |= isThrowing;
        return after != Flow.Next ? after : flow;
    }

    // Which handler takes an exception is known only where there is one without a filter.
    private Flow ExecuteCatch(ITryOperation statement)
    {
        _isThrowing = false;
        for (var i = 0; i < statement.Catches.Length; i++)
        {
            var handler = statement.Catches[i];
            var isTaken = handler.Filter is { } filter ? AsBoolean(Evaluate(filter).Value) : i == statement.Catches.Length - 1 ? true : null;
            if (isTaken ?? choices.Take())
                return Execute(handler.Handler);
        }

        _isThrowing = true;
        return Flow.Throw;
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
            for (var jumps = 0; flow == Flow.GoTo && jumps < MaximalTurns && SectionOf(statement, _target) is { } target; jumps++)
                flow = ExecuteAll(target.Body);
            return flow == Flow.Break ? Flow.Next : flow;
        }
    }

    // Where "goto case" and "goto default" lead.
    private static ISwitchCaseOperation? SectionOf(ISwitchOperation statement, ILabelSymbol? label)
    {
        foreach (var section in statement.Cases)
        {
            foreach (var clause in section.Clauses)
            {
                if (label is not null && SymbolEqualityComparer.Default.Equals(clause.Label, label))
                    return section;
            }
        }

        return null;
    }

    private Flow ExecuteForEach(IForEachLoopOperation loop)
    {
        var collection = Evaluate(loop.Collection).Value;
        var isKnown = collection is ListValue { IsOpen: false };
        var items = collection is ListValue list ? [.. list.Items] : new List<Located> { Located.Unknown };
        if (!isKnown)
        {
            LoseSight();
            Forget(loop.Body);
        }

        foreach (var item in items)
        {
            Assign(loop.LoopControlVariable, item, keepOrigin: true);
            var flow = Execute(loop.Body);
            if (flow == Flow.Break)
                break;
            if (flow is Flow.Return or Flow.Throw or Flow.GoTo)
                return flow;
        }

        if (!isKnown)
            Forget(loop.Body);
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
                    Forget(body);
                    foreach (var step in bottom)
                        Forget(step);
                    var once = Execute(body);
                    Forget(body);
                    return once is Flow.Return or Flow.Throw or Flow.GoTo ? once : Flow.Next;
                }

                if (!holds)
                    break;
            }

            var flow = Execute(body);
            if (flow == Flow.Break)
                break;
            if (flow is Flow.Return or Flow.Throw or Flow.GoTo)
                return flow;
            ExecuteAll(bottom);
            if (_steps >= MaximalSteps)
                break;
        }

        return Flow.Next;
    }

    // What is written into variables an unknown number of times is not known before, between and after.
    private void Forget(IOperation body)
    {
        foreach (var operation in body.DescendantsAndSelf())
        {
            var target = operation switch
            {
                IAssignmentOperation assignment => assignment.Target,
                IIncrementOrDecrementOperation increment => increment.Target,
                IInvocationOperation { Instance: { } instance } => instance,
                _ => null,
            };
            ISymbol? symbol = target switch
            {
                ILocalReferenceOperation local => local.Local,
                IParameterReferenceOperation parameter => parameter.Parameter,
                IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation } field => field.Field,
                IPropertyReferenceOperation { Instance: null or IInstanceReferenceOperation } property => property.Property,
                _ => null,
            };
            if (target is ITupleOperation or IDeclarationExpressionOperation)
            {
                foreach (var part in target.DescendantsAndSelf())
                {
                    if (part is ILocalReferenceOperation local)
                        _variables[local.Local] = Located.Unknown;
                }
            }
            else if (symbol is not null && _variables.TryGetValue(symbol, out var known))
            {
                if (operation is not IInvocationOperation)
                    _variables[symbol] = Located.Unknown;
                else if (known.Value is ListValue list)
                    Scramble(list);
            }
        }
    }

    private void Scramble(ListValue list)
    {
        list.Items.ForEach(Escape);
        list.Items.Clear();
        list.Items.Add(Located.Unknown);
        list.IsOpen = true;
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
            case IArrayElementReferenceOperation { Indices.Length: 1 } element:
                KeepItem(Evaluate(element.ArrayReference).Value, Evaluate(element.Indices[0]).Value, stored);
                break;
            case IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } collection } indexer:
                KeepItem(Evaluate(collection).Value, indexer.Arguments.Length == 1 ? Evaluate(indexer.Arguments[0].Value).Value : Value.Unknown, stored);
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
        ListValue { IsOpen: false } list when index < list.Items.Count => list.Items[index],
        ObjectValue { Members.Count: var count } record when index < count => record.Members.Values.ElementAt(index),
        _ => Located.Unknown,
    };

    private void KeepItem(Value collection, Value index, Located value)
    {
        if (collection is ListValue { IsOpen: false } list && index is KnownValue { Content: int position } && position >= 0 && position < list.Items.Count)
        {
            list.Items[position] = value;
            return;
        }

        Escape(value);
        if (collection is ListValue other)
            Scramble(other);
    }

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
