using StalwartHardening.Settings;

namespace StalwartHardening.Toml;

/// <summary>
/// What a reading for a <see cref="SettingsDocument"/> records, and perhaps one more recorder. The classes are sealed, so that the
/// calls to a method that one of them does not override cost nothing.
/// </summary>
internal sealed class TomlRecorders(TomlRemarks remarks, StandardTomlScreen screen, SuppressionRecorder suppressions, TomlRecorder? further) : TomlRecorder
{
    public override void Header(in TomlHeaderPlace place, ReadOnlySpan<char> flatName)
    {
        remarks.Header(place, flatName);
        screen.Header(place, flatName);
        further?.Header(place, flatName);
    }

    public override void BeginArrayOfTables(string name, int nameStart, int nameEnd)
    {
        remarks.BeginArrayOfTables(name, nameStart, nameEnd);
        further?.BeginArrayOfTables(name, nameStart, nameEnd);
    }

    public override void Comment(int start, int end)
    {
        screen.Comment(start, end);
        suppressions.Comment(start, end);
        further?.Comment(start, end);
    }

    public override void BeginStatement(int start, SourceSpan written, in FlatKey key)
    {
        remarks.BeginStatement(start, written, key);
        screen.BeginStatement(start, written, key);
        further?.BeginStatement(start, written, key);
    }

    public override void EndStatement(SourceSpan value, int end) => further?.EndStatement(value, end);

    public override void Broken(int start, int end) => further?.Broken(start, end);

    public override void Setting(int index) => further?.Setting(index);

    public override void Bare(int start, int end)
    {
        remarks.Bare(start, end);
        screen.Bare(start, end);
        further?.Bare(start, end);
    }

    public override void PlainText(int start, int end)
    {
        screen.PlainText(start, end);
        further?.PlainText(start, end);
    }

    public override void EscapedText(int start, int end)
    {
        remarks.EscapedText(start, end);
        screen.EscapedText(start, end);
        further?.EscapedText(start, end);
    }

    public override void MultiLineText(int start, int end)
    {
        remarks.MultiLineText(start, end);
        screen.MultiLineText(start, end);
        further?.MultiLineText(start, end);
    }

    public override void BeginArray(int open, int hash)
    {
        screen.BeginArray(open, hash);
        further?.BeginArray(open, hash);
    }

    public override void EndArray(int end) => further?.EndArray(end);

    public override void BeginInlineTable(int open, int hash)
    {
        screen.BeginInlineTable(open, hash);
        further?.BeginInlineTable(open, hash);
    }

    public override void EndInlineTable(int end) => further?.EndInlineTable(end);

    public override void BeginElement(int start) => further?.BeginElement(start);

    public override void EndElement(SourceSpan value, int stop) => further?.EndElement(value, stop);

    public override void BeginEntry(SourceSpan written, in FlatKey key)
    {
        remarks.BeginEntry(written, key);
        screen.BeginEntry(written, key);
        further?.BeginEntry(written, key);
    }

    public override void EndEntry(SourceSpan value, int stop) => further?.EndEntry(value, stop);

    public override void Separator(int at) => further?.Separator(at);

    public override void DialectOnly(int at)
    {
        screen.DialectOnly(at);
        further?.DialectOnly(at);
    }
}
