using StalwartHardening.Settings;

namespace StalwartHardening.Analyzers.Builders;

/// <summary>A text that goes into a setting.</summary>
/// <param name="Text">What it is.</param>
/// <param name="Span">Where it was written; null where the call itself says it.</param>
internal readonly record struct SettingText(string Text, SourceSpan? Span);

/// <summary>The texts that one value stands for. Nearly always it is one, and then nothing is allocated for it.</summary>
internal readonly struct SettingTexts
{
    private readonly SettingText _only;
    private readonly SettingText[]? _several;

    public SettingTexts(SettingText only) => (_only, Count) = (only, 1);

    public SettingTexts(SettingText[] several) => (_several, Count) = (several, several.Length);

    /// <summary>No text at all.</summary>
    public static SettingTexts None => default;

    public int Count { get; }

    public SettingText this[int index] => _several is null ? _only : _several[index];

    public static SettingTexts Of(string text, SourceSpan? span) => new(new SettingText(text, span));

    /// <summary>Each with each: what is here, <paramref name="literal"/>, what is there.</summary>
    public SettingTexts Times(string literal, in SettingTexts texts)
    {
        if (Count == 1 && texts.Count == 1)
            return new(Joined(this[0], literal, texts[0]));
        var next = new SettingText[Count * texts.Count];
        for (var i = 0; i < next.Length; i++)
            next[i] = Joined(this[i / texts.Count], literal, texts[i % texts.Count]);
        return new(next);
    }

    /// <summary>The same with something after each.</summary>
    public SettingTexts Plus(string text) => text.Length == 0 ? this : Times(text, Of("", null));

    /// <summary>The texts alone.</summary>
    public string[] ToTexts()
    {
        var texts = new string[Count];
        for (var i = 0; i < texts.Length; i++)
            texts[i] = this[i].Text;
        return texts;
    }

    private static SettingText Joined(in SettingText first, string literal, in SettingText second) =>
        new(first.Text.Length == 0 && literal.Length == 0 ? second.Text : string.Concat(first.Text, literal, second.Text), first.Span ?? second.Span);
}
