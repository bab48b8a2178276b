using System.Text;
using Microsoft.CodeAnalysis.Text;
using StalwartHardening.Settings;

namespace StalwartHardening.Analyzers.Literals;

/// <summary>Puts a <see cref="LiteralText"/> together, piece by piece, in the order of the text.</summary>
internal sealed class LiteralTextBuilder
{
    private readonly StringBuilder _value = new();
    private readonly List<LiteralPiece> _pieces = [];

    /// <summary>How much text there is so far.</summary>
    public int Length => _value.Length;

    /// <summary>What has been put together.</summary>
    public LiteralText Build() => new(_value.ToString(), _pieces);

    /// <summary>The text from <paramref name="start"/> on.</summary>
    public string TextFrom(int start) => _value.ToString(start, _value.Length - start);

    /// <summary>Adds <paramref name="count"/> characters of <paramref name="text"/> that are in the source as they are, at <paramref name="source"/>.</summary>
    public void AddPlain(string text, int start, int count, int source)
    {
        if (count <= 0)
            return;
        var last = _pieces.Count - 1;
        if (last >= 0 && _pieces[last] is { Kind: LiteralPieceKind.Plain } before && before.Source.End == source)
            _pieces[last] = before with { Length = before.Length + count, Source = new TextSpan(before.Source.Start, before.Length + count) };
        else
            _pieces.Add(new LiteralPiece(_value.Length, count, new TextSpan(source, count), LiteralPieceKind.Plain));
        _value.Append(text, start, count);
    }

    /// <summary>Adds text that the characters at <paramref name="source"/> stand for as a whole.</summary>
    public void AddWhole(string text, TextSpan source)
    {
        if (text.Length == 0)
            return;
        _pieces.Add(new LiteralPiece(_value.Length, text.Length, source, LiteralPieceKind.Whole));
        _value.Append(text);
    }

    /// <summary>Adds a part that is not known.</summary>
    public void AddUnknown(TextSpan source)
    {
        _pieces.Add(new LiteralPiece(_value.Length, 1, source, LiteralPieceKind.Unknown));
        _value.Append(Setting.UnknownPart);
    }

    /// <summary>Takes back everything from <paramref name="length"/> of the text on and puts <paramref name="text"/> there as a whole.</summary>
    public void ReplaceFrom(int length, string text, TextSpan source)
    {
        _value.Length = length;
        while (_pieces.Count > 0 && _pieces[_pieces.Count - 1] is var last && last.Start + last.Length > length)
        {
            _pieces.RemoveAt(_pieces.Count - 1);
            if (last.Start < length)
                _pieces.Add(last with { Length = length - last.Start, Source = new TextSpan(last.Source.Start, length - last.Start) });
        }

        AddWhole(text, source);
    }
}
