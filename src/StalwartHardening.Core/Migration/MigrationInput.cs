using StalwartHardening.Expressions;
using StalwartHardening.Generations;
using StalwartHardening.Server;

namespace StalwartHardening.Migration;

/// <summary>The file that is migrated: its settings under the names of 0.15, and what became of each.</summary>
internal sealed class MigrationInput
{
    private const int MaxRenames = 4;

    private readonly SettingsDocument _document;
    private readonly ServerFeatures _features;
    private readonly Setting[] _settings;
    private readonly string?[] _names;
    private readonly (MigrationOutcome Outcome, string Note)?[] _outcomes;
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _written = new(StringComparer.Ordinal);

    public MigrationInput(SettingsDocument document, ServerVersion version, ServerFeatures features)
    {
        _document = document;
        _features = features;
        _settings = document.InTextOrder.ToArray();
        _names = new string?[_settings.Length];
        _outcomes = new (MigrationOutcome, string)?[_settings.Length];
        for (var i = 0; i < _settings.Length; i++)
        {
            _written[_settings[i].Key] = i;
            if (NameOf(_settings[i].Key, version, out var because) is not { } name)
                Decide(i, MigrationOutcome.NotRead, because);
            else if (_places.ContainsKey(name))
                Decide(i, MigrationOutcome.NotRead, $"'{Display.Text(name)}' already sets it.");
            else
                _places.Add(_names[i] = name, i);
        }
    }

    /// <summary>Number of settings.</summary>
    public int Count => _settings.Length;

    /// <summary>The setting at a place in the text's order, as it is written.</summary>
    public Setting this[int index] => _settings[index];

    /// <summary>What it is called in 0.15; null where the server does not read it.</summary>
    public string? Name(int index) => _names[index];

    /// <summary>What became of a setting besides being written; null where nothing was decided.</summary>
    public (MigrationOutcome Outcome, string Note)? Outcome(int index) => _outcomes[index];

    /// <summary>The place of a setting by its name of 0.15; -1 where it is not there.</summary>
    public int Find(string name) => _places.TryGetValue(name, out var index) ? index : -1;

    /// <summary>The names that are there, in text order.</summary>
    public IEnumerable<int> All => Enumerable.Range(0, _settings.Length).Where(index => _names[index] is not null);

    /// <summary>The value of a setting by its name of 0.15; null where it is not there.</summary>
    public string? ValueOf(string name) => Find(name) is >= 0 and var index ? Resolve(_settings[index].Value) : null;

    /// <summary>The value at a place, macros that name other settings of the file filled in.</summary>
    public string ValueAt(int index) => Resolve(_settings[index].Value);

    /// <summary>Decides what became of a setting, unless that is decided.</summary>
    public void Decide(int index, MigrationOutcome outcome, string note) => _outcomes[index] ??= (outcome, note);

    /// <summary>Decides what became of all settings of a row, unless that is decided.</summary>
    public void Decide(SettingGroup group, MigrationOutcome outcome, string note)
    {
        foreach (var value in group.Values.All)
            Decide(value.Index, outcome, note);
    }

    /// <summary>Says of settings that are not written what their row says of them.</summary>
    public void Explain(SettingGroup group)
    {
        var (outcome, note) = group.Row switch
        {
            null => (MigrationOutcome.NoCounterpart, "This tool knows no replacement; look for one among the objects of 0.16."),
            { Kind: MigrationKind.Elsewhere } row => (MigrationOutcome.Elsewhere, row.Note),
            { Kind: MigrationKind.Database } row => (MigrationOutcome.Database, row.Note),
            { Kind: MigrationKind.Inert } row => (MigrationOutcome.NotRead, row.Note),
            { Kind: MigrationKind.None } row => (MigrationOutcome.NoCounterpart, row.Note),
            { } row => (MigrationOutcome.NotRead, row.Note.Length > 0 ? row.Note : "The server makes nothing of it on its own."),
        };
        Decide(group, outcome, note);
    }

    /// <summary>A value that cannot be written, whatever was said about it before.</summary>
    public void Refuse(int index, string note)
    {
        if (_outcomes[index] is null or { Outcome: MigrationOutcome.Changed })
            _outcomes[index] = (MigrationOutcome.NotWritable, note);
    }

    /// <summary>Fills in <c>%{cfg:KEY}%</c>: the server looks only at its own file (<c>utils/config/mod.rs</c>).</summary>
    public string Resolve(string value)
    {
        const string open = "%{cfg:";
        value = OldMacros.Rewrite(value, _document, _features);
        for (var start = value.IndexOf(open, StringComparison.Ordinal); start >= 0; start = value.IndexOf(open, start + 1, StringComparison.Ordinal))
        {
            var end = value.IndexOf("}%", start, StringComparison.Ordinal);
            if (end < 0)
                break;
            var key = value.Substring(start + open.Length, end - start - open.Length);
            // A chain of them is filled in only where it happens to be in the right order.
            if (_document.TryGet(key, out var other) && other.Value.IndexOf(open, StringComparison.Ordinal) < 0)
                value = value.Substring(0, start) + other.Value + value.Substring(end + 2);
        }

        return value;
    }

    /// <summary>A setting of expressions as it is written; null, and why, where the old server does not take it.</summary>
    public WrittenBlock? ReadBlock(string key, out TranslationProblem problem)
    {
        if (!_features.HasExpressions && HasRules(key))
        {
            problem = TranslationProblem.NotWritable("Before 0.6 a condition was a variable, an operator and a value: say what it means as an expression.");
            return null;
        }

        problem = TranslationProblem.None;
        var block = IfBlockReader.Read(_document, key, VocabularyOf(key) ?? ExpressionVocabulary.Http);
        var isJudged = VocabularyOf(key) is not null;
        foreach (var found in block.Problems)
        {
            if (found.Kind == IfBlockProblemKind.Expression && !isJudged)
                continue;
            problem = TranslationProblem.NotRead($"{found.Message}: the server used its default.");
            return null;
        }

        if (block.Default.Setting.Key is null)
        {
            problem = TranslationProblem.NotRead("These are not rules to the server, which used its default.");
            return null;
        }

        return new WrittenBlock([.. block.Rules.Select(rule => (TextOf(rule.If), TextOf(rule.Then)))], TextOf(block.Default));
    }

    private bool HasRules(string key)
    {
        foreach (ref readonly var setting in _document.Below(key))
        {
            if (SettingPath.LastPart(setting.Key) == "if")
                return true;
        }

        return false;
    }

    private WrittenText TextOf(in WrittenExpression written) => new(written.Setting.Value, _written[written.Setting.Key]);

    // About the others nobody here can tell which words they may use.
    private static ExpressionVocabulary? VocabularyOf(string key) =>
        SettingPath.LastPart(key) == "allowed-endpoint" ? ExpressionVocabulary.Http
        : key == "session.auth.mechanisms" ? ExpressionVocabulary.SmtpMechanisms
        : key is "session.rcpt.relay" ? ExpressionVocabulary.SmtpRecipient
        : null;

    // What 0.15 calls a setting that the file's own version reads.
    private static string? NameOf(string key, ServerVersion version, out string because)
    {
        because = "";
        var newest = SettingsGeneration.Instance.Newest;
        for (var step = 0; step < MaxRenames; step++)
        {
            var found = SettingNames.Known.Find(key);
            if (found.Name is not { } name)
            {
                because = found.IsUnknown ? "No server has a setting of this name." : "";
                return found.IsUnknown ? null : key;
            }

            var matched = SettingPath.First(key, found.Matched);
            if (step == 0 && name.Shape != SettingShape.Mark && !name.IsReadBy(version))
            {
                because = name.NewName is { } renamed ? $"The server reads it as {SettingPattern.Translate(matched, name.Pattern, renamed) ?? renamed}, so that it was not in force."
                    : name.Note.Length > 0 ? "The server does not read it. " + name.Note
                    : "The server does not read it.";
                return null;
            }

            if (name.Shape == SettingShape.Mark || name.IsReadBy(newest))
                return key;
            if (name.NewName is not { } newName || SettingPattern.Translate(matched, name.Pattern, newName) is not { } next)
                return key;
            key = SettingPath.Moved(key, matched, next)!;
        }

        return key;
    }
}
