using System.Buffers;
using StalwartHardening.Settings;

namespace StalwartHardening.Toml;

/// <summary>
/// Settings in the order they are written, no key twice. A hash table of indices over the array: a dictionary would cost more than
/// the settings themselves. The table is borrowed until it is disposed of, the settings stay: in a large text it is a large array, and
/// those that nobody keeps make the collector look at everything.
/// </summary>
internal sealed class SettingTable : IDisposable
{
    private Setting[] _settings;
    private int[] _hashes;
    private int[] _slots;
    private int _mask;

    /// <summary>Makes room for <paramref name="capacity"/> settings; more find room, too.</summary>
    public SettingTable(int capacity)
    {
        _settings = new Setting[capacity];
        _hashes = ArrayPool<int>.Shared.Rent(capacity);
        _mask = NextPowerOfTwo(capacity * 2) - 1;
        _slots = RentSlots(_mask + 1);
    }

    public int Count { get; private set; }

    public Setting[] Settings => _settings;

    /// <summary>The <see cref="NameHash"/> of each key, in text order.</summary>
    public ReadOnlySpan<int> Hashes => _hashes.AsSpan(0, Count);

    /// <summary>Characters in all keys together.</summary>
    public long KeyCharacters { get; private set; }

    /// <summary>Adds a setting, or answers the index of the one that already has the key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="hash">Its finished <see cref="NameHash"/>.</param>
    /// <param name="value">The value.</param>
    /// <param name="keySpan">Where the key was written.</param>
    /// <param name="valueSpan">Where the value was written.</param>
    /// <param name="index">The index of the setting that has the key now.</param>
    public bool TryAdd(ReadOnlySpan<char> key, int hash, string value, SourceSpan keySpan, SourceSpan valueSpan, out int index)
    {
        var slot = hash & _mask;
        for (; _slots[slot] != 0; slot = (slot + 1) & _mask)
        {
            index = _slots[slot] - 1;
            if (_hashes[index] == hash && key.SequenceEqual(_settings[index].Key.AsSpan()))
                return false;
        }

        if (Count == _settings.Length)
        {
            Array.Resize(ref _settings, Count * 2);
            GrowHashes();
        }

        KeyCharacters += key.Length;
        index = Count++;
        _settings[index] = new Setting(key.ToString(), value, keySpan, valueSpan);
        _hashes[index] = hash;
        _slots[slot] = index + 1;
        if (Count * 2 > _mask + 1)
            Rehash();
        return true;
    }

    /// <summary>Gives back what only adding needs.</summary>
    public void Dispose()
    {
        ArrayPool<int>.Shared.Return(_hashes);
        ArrayPool<int>.Shared.Return(_slots);
        _hashes = _slots = [];
    }

    private void GrowHashes()
    {
        var hashes = ArrayPool<int>.Shared.Rent(_settings.Length);
        Array.Copy(_hashes, hashes, Count);
        ArrayPool<int>.Shared.Return(_hashes);
        _hashes = hashes;
    }

    private void Rehash()
    {
        var smaller = _slots;
        _mask = ((_mask + 1) * 2) - 1;
        _slots = RentSlots(_mask + 1);
        ArrayPool<int>.Shared.Return(smaller);
        for (var i = 0; i < Count; i++)
        {
            var slot = _hashes[i] & _mask;
            while (_slots[slot] != 0)
                slot = (slot + 1) & _mask;
            _slots[slot] = i + 1;
        }
    }

    private static int[] RentSlots(int count)
    {
        var slots = ArrayPool<int>.Shared.Rent(count);
        Array.Clear(slots, 0, count);
        return slots;
    }

    private static int NextPowerOfTwo(int value)
    {
        var power = 16;
        while (power < value)
            power <<= 1;
        return power;
    }
}
