using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using StalwartHardening.Plans;
using StalwartHardening.Programs;
using StalwartHardening.Remedies;
using StalwartHardening.Rules;
using StalwartHardening.Settings;

namespace StalwartHardening.Analyzers.CodeFixes.Builders;

/// <summary>
/// Says a remedy on typed objects. What is wanted is the plan that the remedy makes of the plan which the program writes; each thing that
/// differs is said where the program says it. As with <see cref="CSharpEditor"/>, only <see cref="BuilderProof"/> knows whether the program
/// then writes what it should.
/// </summary>
internal sealed class PlanEditor
{
    private readonly PlanPlaces _places;
    private readonly ProgramEdit _edit = new();
    private readonly CallRemoval _removal;
    private readonly PlanCode _code;
    private readonly Way _way;

    private PlanEditor(BuilderServers program, JudgedServer server, Way way, CancellationToken cancellationToken)
    {
        _places = new PlanPlaces(program, server, cancellationToken);
        _removal = new CallRemoval(program, _edit, cancellationToken);
        _code = new PlanCode(_places);
        _way = way;
    }

    /// <summary>The ways to say <paramref name="remedy"/>, the one that reads best first.</summary>
    public static IEnumerable<Proposal> Proposals(BuilderServers program, JudgedServer server, Finding finding, Remedy remedy, CancellationToken cancellationToken)
    {
        if (server.AfterRemedy(finding, remedy, cancellationToken) is not { } wanted || UnknownValues.Concern(server.Configuration.Document, remedy))
            yield break;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var way in (Way[])[Way.Origin, Way.Assignment, Way.Entry])
        {
            var editor = new PlanEditor(program, server, way, cancellationToken);
            if (editor.Apply(server.Plan!, wanted) && editor._removal.Finish() is { IsEmpty: false } edit && !edit.HoldsUnknownPart && new Proposal(edit, [], null) is var proposal && seen.Add(proposal.ToString()))
                yield return proposal;
        }
    }

    private enum Way
    {
        // Where a value comes from.
        Origin,

        // Where it is assigned.
        Assignment,

        // What goes goes with the entry of a list that it was made from.
        Entry,
    }

    private bool Apply(PlanReading plan, PlanReading wanted)
    {
        var (before, after) = (DraftReader.Read(plan.Run.Operations), DraftReader.Read(wanted.Run.Operations));
        _code.Name(before, after);
        foreach (var (old, fresh) in DraftPairs.Of(before.Operations, after.Operations))
        {
            var isSaid = old is null ? Add(fresh!) : fresh is null ? Remove(old) : Change(old, fresh);
            if (!isSaid)
                return false;
        }

        return true;
    }

    private bool Add(DraftOperation operation)
    {
        if (_places.LastStatement is not var (statement, receiver) || _code.Operation(operation, receiver) is not { } call)
            return false;
        var tree = statement.SyntaxTree;
        var indent = _places.IndentAt(tree, statement.SpanStart);
        _edit.Insert(tree, statement.Span.End, _places.InLinesOf(tree, "\n" + indent + call.Replace("\n", "\n" + indent) + ";"));
        return true;
    }

    private bool Remove(DraftOperation operation)
    {
        if (_way == Way.Entry)
            return operation.Objects.Count > 0 && operation.Objects.All(written => RemoveEntry(written, _places.CallOf(operation)));
        if (_places.CallOf(operation) is not { } call || Chain.TopOf(call).Parent is not ExpressionStatementSyntax statement)
            return false;
        _removal.RemoveStatement(statement);
        return true;
    }

    private bool Change(DraftOperation old, DraftOperation fresh)
    {
        if (!DraftEquality.HaveSameFrame(old, fresh) || _places.CallOf(old) is not { } call)
            return false;
        if (old.Verb != fresh.Verb && !Rename(call, fresh.Verb.ToString()))
            return false;
        if (old.Verb is PlanVerb.Update or PlanVerb.Destroy)
            return old.Objects.Count == 1 && fresh.Objects.Count == 1 && Change(old.Objects[0], fresh.Objects[0], call);
        foreach (var written in old.Objects)
        {
            var isSaid = fresh.Objects.FirstOrDefault(other => other.Name == written.Name) is { } other ? Change(written, other, call) : Remove(written, call, isLast: fresh.Objects.Count == 0);
            if (!isSaid)
                return false;
        }

        return fresh.Objects.Where(written => old.Objects.All(other => other.Name != written.Name)).All(written => Add(written, call));
    }

    private bool Rename(InvocationExpressionSyntax call, string name)
    {
        if (call.Expression is not MemberAccessExpressionSyntax access)
            return false;
        _edit.Replace(call.SyntaxTree, access.Name.Identifier.Span, name);
        return true;
    }

    private bool Add(DraftObject written, InvocationExpressionSyntax call)
    {
        if (call.ArgumentList.Arguments.LastOrDefault() is not { } last || _code.Create(written) is not { } code)
            return false;
        _edit.Insert(call.SyntaxTree, last.Span.End, _places.After(last, code));
        return true;
    }

    // An object goes from where it is given to the plan: from the arguments, or from the list that is one.
    private bool Remove(DraftObject written, InvocationExpressionSyntax call, bool isLast)
    {
        if (_way == Way.Entry)
            return RemoveEntry(written, call);
        if (isLast || _places.CreationOf(written) is not { } creation)
            return false;
        return _removal.RemoveElement(creation) || (PlanPlaces.UsesOf(creation) is [var only] && _removal.RemoveElement(only));
    }

    // What an object is made from: an entry of a list, an argument that a helper makes it of, or the statement that puts it into a list.
    private bool RemoveEntry(DraftObject written, InvocationExpressionSyntax? call)
    {
        if (_places.EntryOf(written, call) is { } entry)
            return _removal.RemoveElement(entry);
        if (_places.CreationOf(written) is not { Parent: ArgumentSyntax { Parent: ArgumentListSyntax { Arguments.Count: 1, Parent: InvocationExpressionSyntax { Parent: ExpressionStatementSyntax statement } put } } } || put == call)
            return false;
        _removal.RemoveStatement(statement);
        return true;
    }

    private bool Change(DraftObject old, DraftObject fresh, InvocationExpressionSyntax? call)
    {
        if (old.Type != fresh.Type)
            return _places.CreationOf(old) is { } creation && _code.Create(fresh) is { } code && Replace(creation, code);
        foreach (var field in fresh.Fields)
        {
            var index = IndexOf(old, field.Name);
            if (!(index < 0 ? Add(old, field, call) : DraftEquality.AreSame(old.Fields[index].Value, field.Value) || Change(old, old.Fields[index], field.Value)))
                return false;
        }

        return old.Fields.Where(field => IndexOf(fresh, field.Name) < 0).All(field => Remove(old, field));
    }

    private bool Add(DraftObject owner, DraftField field, InvocationExpressionSyntax? call)
    {
        if (field.Field is null)
        {
            if (call is null || _code.Part(field) is not { } part)
                return false;
            _edit.Insert(call.SyntaxTree, Chain.TopOf(call).Span.End, $".Set({ValueWriter.Literal(field.Name)}, {part})");
            return true;
        }

        if (_places.CreationOf(owner) is not { } creation || _code.Value(field.Field, field.Value) is not { } value)
            return false;
        return AddToInitializer(creation, PlanValueCode.PropertyName(owner.Type, field.Field) + " = " + value);
    }

    private bool AddToInitializer(BaseObjectCreationExpressionSyntax creation, string assignment)
    {
        var tree = creation.SyntaxTree;
        if (creation.Initializer is not { } initializer)
        {
            var arguments = creation is ObjectCreationExpressionSyntax { ArgumentList: { Arguments.Count: 0 } empty } ? empty : null;
            if (arguments is not null)
                _edit.Replace(tree, arguments.Span, $" {{ {assignment} }}");
            else
                _edit.Insert(tree, creation.Span.End, $" {{ {assignment} }}");
            return true;
        }

        if (initializer.Expressions.Count == 0)
        {
            _edit.Replace(tree, initializer.Span, $"{{ {assignment} }}");
            return true;
        }

        var last = initializer.Expressions[initializer.Expressions.Count - 1];
        if (initializer.Expressions.SeparatorCount == initializer.Expressions.Count)
            _edit.Insert(tree, initializer.Expressions.GetSeparator(initializer.Expressions.SeparatorCount - 1).Span.End, _places.After(last, assignment).Substring(1) + ",");
        else
            _edit.Insert(tree, last.Span.End, _places.After(last, assignment));
        return true;
    }

    private bool Remove(DraftObject owner, DraftField field)
    {
        if (field.Field is null)
        {
            if (_places.NodeOf(field.Origin)?.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } part)
                return false;
            _removal.RemoveCalls([part]);
            return true;
        }

        if (_places.AssignmentOf(owner, field) is not { } assignment)
            return false;
        if (assignment.Parent is ExpressionStatementSyntax statement)
            _removal.RemoveStatement(statement);
        return assignment.Parent is ExpressionStatementSyntax || _removal.RemoveElement(assignment);
    }

    private bool Change(DraftObject owner, DraftField old, DraftValue value)
    {
        if (old.Field is null)
            return _code.Part(old with { Value = value }) is { } part && _places.NodeOf(old.Value.Origin) is ExpressionSyntax said && Replace(said, part);
        switch (old.Value.Kind, value.Kind)
        {
            case (DraftValueKind.Object, DraftValueKind.Object) when old.Value.Object!.Type == value.Object!.Type && _places.CreationOf(old.Value.Object) is not null:
                return Change(old.Value.Object, value.Object, null);
            case (DraftValueKind.Many, DraftValueKind.Many) when ChangeItems(old, value):
                return true;
            case (DraftValueKind.Map, DraftValueKind.Map) when ChangeEntries(old, value):
                return true;
        }

        if (_way != Way.Assignment && _places.NodeOf(old.Value.Origin) is ExpressionSyntax origin)
            return ChangeAt(origin, old.Value, value, _code.Value(old.Field, value));
        return _places.AssignmentOf(owner, old) is { } assignment && _code.Value(old.Field, value) is { } code && Replace(assignment.Right, code);
    }

    // A value that is put together from parts changes in the part that differs.
    private bool ChangeAt(ExpressionSyntax origin, DraftValue old, DraftValue value, string? code)
    {
        if (old.Content.Length > 0 && value.Content.Length > 0 && _places.Origin.Find(origin, old.Content, value.Content) is var (literal, text))
            return Replace(literal, text);
        return _places.Origin.IsSpelledOut(origin) && code is not null && Replace(origin, code);
    }

    private bool ChangeItems(DraftField old, DraftValue value)
    {
        var (before, after) = (old.Value.Items, value.Items);
        var gone = before.Where(item => !after.Any(other => DraftEquality.AreSame(item, other))).ToList();
        var come = after.Where(item => !before.Any(other => DraftEquality.AreSame(item, other))).ToList();
        if (old.Field!.Type.Shape == PlanShape.List && before.Count == after.Count && before.All(static item => item.Kind == DraftValueKind.Object))
            return before.Zip(after, (one, other) => DraftEquality.AreSame(one, other) || Change(one.Object!, other.Object!, null)).All(static said => said);
        if (gone.Exists(item => _places.NodeOf(item.Origin) is not ExpressionSyntax))
            return false;
        for (var i = 0; i < gone.Count; i++)
        {
            var node = (ExpressionSyntax)_places.NodeOf(gone[i].Origin)!;
            var isSaid = i < come.Count ? ChangeAt(node, gone[i], come[i], _code.Item(old.Field, come[i])) : _removal.RemoveElement(node);
            if (!isSaid)
                return false;
        }

        if (come.Count <= gone.Count)
            return true;
        if (before.Count == 0 || _places.NodeOf(before[before.Count - 1].Origin) is not ExpressionSyntax { Parent: ExpressionElementSyntax or InitializerExpressionSyntax } last)
            return false;
        foreach (var item in come.Skip(gone.Count))
        {
            if (_code.Item(old.Field, item) is not { } code)
                return false;
            _edit.Insert(last.SyntaxTree, last.Span.End, ", " + code);
        }

        return true;
    }

    private bool ChangeEntries(DraftField old, DraftValue value)
    {
        foreach (var entry in old.Value.Entries)
        {
            var index = value.Entries.ToList().FindIndex(other => DraftEquality.AreSame(entry.Key, other.Key));
            if (_places.NodeOf(entry.Key.Origin)?.FirstAncestorOrSelf<AssignmentExpressionSyntax>() is not { Parent: InitializerExpressionSyntax } assignment)
                return false;
            var isSaid = index < 0 ? _removal.RemoveElement(assignment)
                : DraftEquality.AreSame(entry.Value, value.Entries[index].Value) || (_code.MapValue(old.Field!, value.Entries[index].Value) is { } code && Replace(assignment.Right, code));
            if (!isSaid)
                return false;
        }

        return value.Entries.All(entry => old.Value.Entries.Any(other => DraftEquality.AreSame(entry.Key, other.Key)));
    }

    private bool Replace(ExpressionSyntax expression, string code)
    {
        var tree = expression.SyntaxTree;
        _edit.Replace(tree, expression.Span, _places.InLinesOf(tree, code.Replace("\n", "\n" + _places.IndentAt(tree, expression.SpanStart))));
        return true;
    }

    private static int IndexOf(DraftObject written, string field)
    {
        for (var i = 0; i < written.Fields.Count; i++)
        {
            if (written.Fields[i].Name == field)
                return i;
        }

        return -1;
    }
}
