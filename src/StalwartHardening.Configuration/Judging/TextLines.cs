namespace StalwartHardening.Configuration;

/// <summary>Lines of a text.</summary>
internal static class TextLines
{
    /// <summary>The number, from 1, of the line that holds <paramref name="offset"/>.</summary>
    public static int NumberOf(string text, int offset)
    {
        var number = 1;
        for (var i = 0; i < offset && i < text.Length; i++)
        {
            if (text[i] == '\n')
                number++;
        }

        return number;
    }
}
