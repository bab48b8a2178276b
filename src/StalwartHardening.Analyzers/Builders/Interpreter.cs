using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace StalwartHardening.Analyzers.Builders;

/// <summary>
/// Follows one way through a program as far as constants carry, and notes what is written into servers. Nothing here throws on
/// incomplete code; what it does not understand is unknown.
/// </summary>
internal sealed partial class Interpreter(ProgramModels models, BuilderVocabulary vocabulary, HashSet<INamedTypeSymbol> roots, SourceMap sources, Choices choices, Budget budget, bool keepsWrites, CancellationToken cancellationToken)
{
    private const int MaxDepth = 48;
    private const int MaxTurns = 2_000;
    private const int MaxShares = 3;

    private readonly Stack<Located> _conditionalInstances = new();
    private readonly Stack<Located> _initialized = new();
    private readonly Stack<Located> _matched = new();
    private Frame _frame = new(null);
    private Located _returned;
    private ListValue? _yielded;
    private ILabelSymbol? _target;
    private bool _isThrowing;
    private bool _isSpent;
    private bool _isLeaving;
    private int _floor;
    private int _loops;
    private int _depth;

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

    /// <summary>The texts that are read as servers, and where they are handed over.</summary>
    public List<LoadedText> Texts { get; } = [];

    /// <summary>The switches of other assemblies that were taken to stand one way or the other.</summary>
    public List<FixedSwitch> Switches { get; } = [];

    /// <summary>The methods that were followed.</summary>
    public HashSet<ISymbol> Followed { get; } = new(SymbolEqualityComparer.Default);

    /// <summary>Whether the program throws on this way, so that no server comes of it.</summary>
    public bool Throws { get; private set; }

    /// <summary>Whether something decided that only those who call know: a parameter, the object, a variable of the whole program.</summary>
    public bool DependsOnCallers { get; private set; }

    /// <summary>Follows the body of a member whose callers are not known.</summary>
    public void Run(IOperation body, ISymbol? member)
    {
        try
        {
            Throws = RunMember(body, member) == Flow.Throw;
            if (!Throws)
                AskForTheRest();
            // The caller that gets the result may go on writing.
            Escape(_returned);
        }
        catch (InsufficientExecutionStackException)
        {
            Spend(body);
        }
    }

    private Flow RunMember(IOperation body, ISymbol? member)
    {
        if (member is IMethodSymbol { MethodKind: MethodKind.Constructor } constructor)
        {
            Construct(constructor, Arguments.None, new ObjectValue(constructor.ContainingType, "this"));
            return _isThrowing ? Flow.Throw : Flow.Next;
        }

        if (body is ISymbolInitializerOperation initializer)
        {
            _returned = Evaluate(initializer.Value);
            return _isThrowing ? Flow.Throw : Flow.Next;
        }

        var flow = Execute(body);
        if (flow == Flow.GoTo)
            LoseSight(body);
        if (_yielded is not null)
            _returned = Located.Of(_yielded);
        return flow;
    }

    private Flow Execute(IOperation? operation)
    {
        var flow = ExecuteOne(operation);
        return _isThrowing ? Flow.Throw : flow;
    }

    private Flow ExecuteOne(IOperation? operation)
    {
        if (operation is null || _isThrowing || !Step(operation))
            return Flow.Next;
        if (operation.Kind == OperationKind.ExpressionStatement)
        {
            Evaluate(((IExpressionStatementOperation)operation).Operation);
            return Flow.Next;
        }

        switch (operation)
        {
            case IMethodBodyBaseOperation method:
                return Execute(method.BlockBody ?? method.ExpressionBody);
            case IBlockOperation block:
                return ExecuteAll(block.Operations);
            case IVariableDeclarationGroupOperation group:
                return ExecuteAll(group.Declarations);
            case IVariableDeclarationOperation declaration:
                foreach (var declarator in declaration.Declarators)
                    Declare(declarator, declarator.Initializer ?? declaration.Initializer);
                return Flow.Next;
            case IUsingDeclarationOperation declaration:
                return Execute(declaration.DeclarationGroup);
            case IUsingOperation statement:
                return ExecuteUsing(statement);
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
                return ExecuteLoop(loop.Condition, loop.Body, [], loop.ConditionIsTop, loop.ConditionIsUntil);
            case ITryOperation statement:
                return ExecuteTry(statement);
            case IReturnOperation { Kind: OperationKind.YieldReturn } yield:
                return Yield(AsArgument(yield.ReturnedValue));
            case IReturnOperation { Kind: OperationKind.YieldBreak }:
                _yielded ??= new ListValue([]);
                return Flow.Return;
            case IReturnOperation statement:
                if (statement.ReturnedValue is not null)
                    _returned = _returnsReference ? Located.Of(ReferenceTo(statement.ReturnedValue)) : Evaluate(statement.ReturnedValue);
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

    private void Declare(IVariableDeclaratorOperation declarator, IVariableInitializerOperation? initializer)
    {
        if (declarator.Symbol.RefKind != RefKind.None && initializer is not null)
        {
            _frame.Declare(declarator.Symbol, Located.Of(ReferenceTo(initializer.Value)));
            return;
        }

        var value = initializer is null ? DefaultOf(declarator.Symbol.Type) : Own(Evaluate(initializer.Value));
        _frame.Declare(declarator.Symbol, value with { Origin = null });
    }

    private Flow ExecuteAll<T>(IEnumerable<T> operations)
        where T : IOperation
    {
        var list = operations as IReadOnlyList<T> ?? [.. operations];
        var jumps = 0;
        List<Located>? used = null;
        var flow = Flow.Next;
        for (var i = 0; i < list.Count; i++)
        {
            flow = ExecuteWithin(list[i]);
            if (list[i] is IUsingDeclarationOperation declaration)
                AddVariables(declaration.DeclarationGroup, used ??= []);
            if (flow == Flow.GoTo && IndexOfTarget(list) is var target and >= 0 && ++jumps < MaxTurns)
                i = target - 1;
            else if (flow != Flow.Next)
                break;
        }

        if (used is not null)
            Dispose(used);
        return _isThrowing ? Flow.Throw : flow;
    }

    // No statement may use up what the next ones need: the one that would is left, and what it changes is not known. A loop is left as a whole.
    private Flow ExecuteWithin(IOperation statement)
    {
        if (_depth > MaxShares || _loops > 0)
            return Execute(statement);
        var outer = _floor;
        _floor = Math.Max(outer, budget.Left - ((budget.Left - outer) / 2));
        var flow = Execute(statement);
        _floor = outer;
        if (!_isLeaving || budget.Left <= outer)
            return flow;
        _isLeaving = false;
        LoseSight(statement);
        Forget(statement);
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

    private Flow ExecuteSwitch(ISwitchOperation statement)
    {
        var value = Evaluate(statement.Value);
        ISwitchCaseOperation? byDefault = null;
        foreach (var section in statement.Cases)
        {
            foreach (var clause in section.Clauses)
            {
                if (clause is IDefaultCaseClauseOperation)
                    byDefault = section;
                else if (Matches(clause, value))
                    return Section(section);
            }
        }

        return byDefault is null ? Flow.Next : Section(byDefault);

        Flow Section(ISwitchCaseOperation section)
        {
            var flow = ExecuteAll(section.Body);
            for (var jumps = 0; flow == Flow.GoTo && jumps < MaxTurns && SectionOf(statement, _target) is { } target; jumps++)
                flow = ExecuteAll(target.Body);
            return flow == Flow.Break ? Flow.Next : flow;
        }
    }

    private bool Matches(ICaseClauseOperation clause, Located value) => clause switch
    {
        ISingleValueCaseClauseOperation single => Decide(Equality(value.Value, Evaluate(single.Value).Value)),
        IPatternCaseClauseOperation pattern => Decide(Match(pattern.Pattern, value)) && (pattern.Guard is null || Decide(pattern.Guard)),
        _ => choices.Take(),
    };

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

    // Something happens an unknown number of times or in a way nobody follows: no server can be said to be complete.
    private void LoseSight(IOperation place)
    {
        foreach (var server in Servers)
        {
            server.Open("");
            server.Lose(new LostSight(LostSightCause.Budget, sources.SpanOf(place.Syntax), "", ""));
        }
    }

    private void Spend(IOperation place)
    {
        if (_isSpent)
            return;
        _isSpent = true;
        _risks++;
        LoseSight(place);
    }

    private bool Step(IOperation place)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_isSpent || _isLeaving)
            return false;
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (!budget.Spend())
            Spend(place);
        else if (budget.Left < _floor)
            _isLeaving = true;
        else
            return true;
        _risks++;
        return false;
    }

    private bool Decide(IOperation condition) => Decide(Evaluate(condition).Value, condition);

    private bool Decide(Value condition, IOperation? place = null)
    {
        switch (condition)
        {
            case KnownValue { Content: bool known }:
                return known;
            case NotValue not:
                return !Decide(not.Operand, place);
            case OpaqueValue opaque:
                if (choices.Known(opaque) is KnownValue { Content: bool decided })
                    return decided;
                var taken = choices.Take();
                choices.Assume(opaque, taken);
                if (opaque.IsFixed)
                    Switches.Add(new FixedSwitch(opaque.Key, taken, place is null ? default : sources.SpanOf(place.Syntax)));
                return taken;
            default:
                return choices.Take();
        }
    }
}
