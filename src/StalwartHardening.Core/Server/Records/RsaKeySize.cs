namespace StalwartHardening.Server.Records;

/// <summary>How long an RSA key is, without looking at the key itself (PKCS #1, RFC 8017, A.1.2; PKCS #8, RFC 5208).</summary>
internal static class RsaKeySize
{
    private const byte Sequence = 0x30;
    private const byte Integer = 0x02;
    private const byte OctetString = 0x04;

    /// <summary>The length of the modulus in bits; null where the text is no RSA key in the PEM form.</summary>
    public static int? OfPem(string text)
    {
        const string Begin = "-----BEGIN ";
        var begin = text.IndexOf(Begin, StringComparison.Ordinal);
        if (begin < 0)
            return null;
        var start = text.IndexOf("-----", begin + Begin.Length, StringComparison.Ordinal);
        var end = start < 0 ? -1 : text.IndexOf("-----END", start, StringComparison.Ordinal);
        if (end < 0)
            return null;
        byte[] bytes;
        try
        {
            bytes = Convert.FromBase64String(text.Substring(start + 5, end - start - 5));
        }
        catch (FormatException)
        {
            return null;
        }

        var content = bytes.AsSpan();
        if (!TryEnter(ref content, Sequence) || !TrySkip(ref content, Integer))
            return null;
        if (content.Length > 0 && content[0] == Sequence)
        {
            // PKCS #8 names the algorithm first and holds the key inside.
            if (!TrySkip(ref content, Sequence) || !TryEnter(ref content, OctetString) || !TryEnter(ref content, Sequence) || !TrySkip(ref content, Integer))
                return null;
        }

        return TryEnter(ref content, Integer, out var length) && length > 1 ? BitLength(content.Slice(0, length)) : null;
    }

    private static int BitLength(ReadOnlySpan<byte> number)
    {
        while (number.Length > 0 && number[0] == 0)
            number = number.Slice(1);
        if (number.IsEmpty)
            return 0;
        var bits = (number.Length - 1) * 8;
        for (int first = number[0]; first > 0; first >>= 1)
            bits++;
        return bits;
    }

    private static bool TryEnter(ref Span<byte> content, byte tag) => TryEnter(ref content, tag, out _);

    private static bool TryEnter(ref Span<byte> content, byte tag, out int length)
    {
        length = 0;
        if (content.Length < 2 || content[0] != tag)
            return false;
        int count = content[1];
        content = content.Slice(2);
        if (count < 0x80)
        {
            length = count;
        }
        else
        {
            count &= 0x7F;
            if (count is 0 or > 3 || content.Length < count)
                return false;
            for (var i = 0; i < count; i++)
                length = (length << 8) | content[i];
            content = content.Slice(count);
        }

        return length <= content.Length;
    }

    private static bool TrySkip(ref Span<byte> content, byte tag)
    {
        if (!TryEnter(ref content, tag, out var length))
            return false;
        content = content.Slice(length);
        return true;
    }
}
